namespace Sweeps.Silo.Chunks;

/// <summary>How a process ended, in words.</summary>
internal static class ProcessEnd
{
    // Shells and .NET alike report the end by a signal as 128 and its number.
    private const int BySignal = 128;

    /// <param name="exitCode">Not of one that did its work.</param>
    /// <param name="lastWords">What it said on standard error.</param>
    public static string Sentence(int exitCode, string lastWords)
    {
        string end = exitCode > BySignal && NameOf(exitCode - BySignal) is { } signal
            ? $"its process was ended by {signal}"
            : exitCode == 0 ? "its process ended without an answer"
                : FormattableString.Invariant($"its process ended with exit code {exitCode}");
        return lastWords.Length == 0 ? end : $"{end}; its last words: {lastWords}";
    }

    private static string? NameOf(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL (by hand, or because memory ran out)",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        31 => "SIGSYS",
        > 0 and < 65 => FormattableString.Invariant($"signal {signal}"),
        _ => null,
    };
}
