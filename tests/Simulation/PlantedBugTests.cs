using Sweeps.Simulation.Faults;
using Xunit.Abstractions;

namespace Sweeps.Simulation;

/// <summary>The simulation has teeth: with a mistake planted in the protocol, it bites within the seeds of an ordinary run.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    public static TheoryData<string> All => [.. Enum.GetNames<PlantedBug>().Where(name => name != nameof(PlantedBug.None))];

    [Theory]
    [MemberData(nameof(All))]
    public void A_planted_bug_is_found(string name)
    {
        var bug = Enum.Parse<PlantedBug>(name);
        long? seed = SeedRun.FirstFailure(Seeds, bug);
        Assert.True(seed is not null, $"{name} was not found in {Seeds} seeds");
        output.WriteLine($"{name} is found after {seed + 1} seeds");
        output.WriteLine(SeedRun.Describe(seed.Value, bug));
    }
}
