namespace Sweeps.Client.Tests.Cluster;

/// <summary>Through a dashboard the program says the same as straight to the database.</summary>
public sealed class RequestOverHttpTests : RequestTests
{
    private protected override ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width, overHttp: true);
}

/// <inheritdoc cref="RequestOverHttpTests"/>
public sealed class ExtendOverHttpTests : ExtendTests
{
    private protected override ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width, overHttp: true);
}

/// <inheritdoc cref="RequestOverHttpTests"/>
public sealed class ListOverHttpTests : ListTests
{
    private protected override ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width, overHttp: true);
}

/// <inheritdoc cref="RequestOverHttpTests"/>
public sealed class StatusOverHttpTests : StatusTests
{
    private protected override ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width, overHttp: true);
}

/// <inheritdoc cref="RequestOverHttpTests"/>
public sealed class SubmitOverHttpTests : SubmitTests
{
    private protected override ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width, overHttp: true);
}
