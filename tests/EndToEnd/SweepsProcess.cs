namespace Sweeps.EndToEnd;

/// <summary>The program <c>sweeps</c>.</summary>
internal sealed class SweepsProcess : ProgramProcess
{
    private SweepsProcess(IReadOnlyDictionary<string, string> environment, string[] arguments)
        : base("sweeps", environment, arguments)
    {
    }

    public static SweepsProcess Start(params string[] arguments) => new(new Dictionary<string, string>(), arguments);

    public static SweepsProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(environment, arguments);

    /// <summary>Runs to the end; fails with what the program said if it is not over in time.</summary>
    public static ProgramOutcome Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    public static ProgramOutcome Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var started = new SweepsProcess(environment, arguments);
        return started.Wait();
    }
}
