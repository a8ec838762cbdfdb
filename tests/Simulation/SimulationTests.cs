using System.Globalization;
using Sweeps.Simulation.Faults;
using Xunit.Abstractions;

namespace Sweeps.Simulation;

/// <summary>No failure short of losing the disk loses or doubles a point. <c>SWEEPS_SEEDS=N</c> tries more seeds.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int UsualSeeds = 10_000;

    [Fact]
    public void No_seed_loses_or_doubles_a_point()
    {
        int seeds = int.Parse(Environment.GetEnvironmentVariable("SWEEPS_SEEDS") ?? $"{UsualSeeds}", CultureInfo.InvariantCulture);
        long began = TimeProvider.System.GetTimestamp();
        long? failed = SeedRun.FirstFailure(seeds);
        output.WriteLine($"{seeds} seeds in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        Assert.True(failed is null, failed is { } seed ? SeedRun.Describe(seed) : "");
    }

    [Fact]
    public void Replay()
    {
        string? seed = Environment.GetEnvironmentVariable("SWEEPS_SEED");
        var bug = Enum.Parse<PlantedBug>(Environment.GetEnvironmentVariable("SWEEPS_BUG") ?? nameof(PlantedBug.None));
        long number = long.Parse(seed ?? "1", CultureInfo.InvariantCulture);
        string told = SeedRun.Describe(number, bug, seed is null ? 40 : int.MaxValue);
        output.WriteLine(told);
        Assert.Equal(told, SeedRun.Describe(number, bug, seed is null ? 40 : int.MaxValue));
        Assert.Contains("all is well", told, StringComparison.Ordinal);
    }
}
