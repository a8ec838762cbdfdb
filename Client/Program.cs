using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;

using var interruption = new Interruption();
return await SweepsCommandLine.RunAsync(
    args, SystemTerminal.Open(), ExperimentCatalogue.All, ClusterAccess.OfThisProcess, interruption.Token);
