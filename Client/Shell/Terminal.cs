namespace Sweeps.Client.Shell;

/// <summary>Where a command speaks to: data to <see cref="Out"/>, talk to <see cref="Error"/>; and its clock.</summary>
public sealed record Terminal
{
    /// <summary>Data.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Talk: progress, mistakes, what to do next.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at <see cref="Out"/>.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/>, so that lines may be overwritten.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of text, where there is a terminal.</summary>
    public int Width { get; init; } = 80;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>One line of talk.</summary>
    public void Say(string line)
    {
        // On a screen talk comes after the data that it is about.
        if (OutIsTerminal) Out.Flush();
        Error.WriteLine(line);
    }

    /// <summary>Says each mistake on its own line.</summary>
    /// <returns><see cref="ExitCode.WrongRequest"/>.</returns>
    public int Refuse(params IEnumerable<string> mistakes)
    {
        foreach (string mistake in mistakes) Error.WriteLine(mistake);
        return ExitCode.WrongRequest;
    }
}
