namespace Sweeps.Silo.Shell;

/// <summary>What the program tells its caller; the same numbers as those of <c>sweeps</c>.</summary>
internal static class ExitCode
{
    /// <summary>Done; for a silo that ran: drained.</summary>
    public const int Done = 0;

    /// <summary>The request is wrong; nothing was begun.</summary>
    public const int WrongRequest = 2;

    /// <summary>The machine failed: its last device, its disk, the server for a command that cannot wait.</summary>
    public const int MachineFailed = 3;

    /// <summary>Of <c>sweeps-silo chunk</c> alone: the data folder cannot be used for now, which says nothing about the chunk.</summary>
    public const int DataAway = 4;

    /// <summary>Ctrl-C or SIGTERM before anything was begun, or a second time.</summary>
    public const int Interrupted = 130;
}
