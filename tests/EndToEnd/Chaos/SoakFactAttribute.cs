namespace Sweeps.EndToEnd.Chaos;

/// <summary>A test that takes as many minutes as <see cref="SoakLength.Variable"/> says, and is skipped where it says nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoakFactAttribute : FactAttribute
{
    public SoakFactAttribute()
    {
        if (SoakLength.OfThisRun is null)
            Skip = $"takes an hour; run it by 'tests/resilience soak', or with {SoakLength.Variable}=60 in the environment";
    }
}
