namespace Sweeps.EndToEnd.Chaos;

/// <summary>A test that is too long for every change.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ThoroughFactAttribute : FactAttribute
{
    public ThoroughFactAttribute() => Skip = ChaosScale.Skip;
}
