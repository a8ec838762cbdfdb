namespace Sweeps.Client.Cluster;

/// <summary>What the cluster commands need of the process around them.</summary>
/// <param name="Servers">Opens servers.</param>
/// <param name="Variable">Value of an environment variable; null where it is not set.</param>
public sealed record ClusterAccess(ISweepServers Servers, Func<string, string?> Variable)
{
    public static ClusterAccess OfThisProcess { get; } = new(new SweepServers(TimeProvider.System, Environment.GetEnvironmentVariable), Environment.GetEnvironmentVariable);
}
