namespace Sweeps.EndToEnd;

/// <summary>How a program ended, and all that it said.</summary>
internal sealed record ProgramOutcome(int ExitCode, string Output, string Errors)
{
    /// <summary>Asserts the exit code, showing what the program said if it is another.</summary>
    public ProgramOutcome Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, not {code}\nstdout: {Output}\nstderr: {Errors}");
        return this;
    }
}
