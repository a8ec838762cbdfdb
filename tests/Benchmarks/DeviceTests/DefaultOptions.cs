using Xunit.Abstractions;

namespace Sweeps.DeviceTests;

/// <summary>xunit's own choices throughout.</summary>
internal sealed class DefaultOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    public static readonly DefaultOptions Instance = new();

    public TValue GetValue<TValue>(string name) => default!;

    public void SetValue<TValue>(string name, TValue value) => throw new NotSupportedException($"{name} is not to be changed");
}
