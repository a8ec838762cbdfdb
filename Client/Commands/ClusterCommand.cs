using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Commands;

/// <summary>A command that is for clusters alone.</summary>
internal abstract class ClusterCommand(string name, string description, Terminal terminal, ClusterAccess cluster)
    : ClientCommand(name, description, terminal)
{
    /// <summary>Added by each command after its own options.</summary>
    protected ServerOption Server { get; } = new(cluster);

    public override void WriteMoreHelp(TextWriter output) => ServerOption.WriteHelp(output);
}
