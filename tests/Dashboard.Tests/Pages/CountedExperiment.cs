using System.Reflection;
using Sweeps.Compute.Experiments;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Pages;

/// <summary>The fake experiment, which counts how often its closed forms are computed, and keeps the seed they were last asked for.</summary>
public class CountedExperiment : DispatchProxy
{
    private readonly FakeExperiment inner = new();
    private int theories;

    public int Theories => Volatile.Read(ref theories);

    public long? Seed { get; private set; }

    public static IExperiment Make() => Create<IExperiment, CountedExperiment>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IExperiment.Theory))
        {
            Interlocked.Increment(ref theories);
            Seed = (long)args![1]!;
        }
        return targetMethod.Invoke(inner, args);
    }
}
