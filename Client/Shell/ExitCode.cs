namespace Sweeps.Client.Shell;

/// <summary>What the program tells its caller; part of the interface.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>Ended, but some points failed; for <c>verify</c>: some rows differ; for <c>watch</c>: some points have no row.</summary>
    public const int SomePointsFailed = 1;

    /// <summary>The request is wrong; nothing was written.</summary>
    public const int WrongRequest = 2;

    /// <summary>The machine failed; the sweep can be resumed.</summary>
    public const int MachineFailed = 3;

    /// <summary>Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
