using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Shared;
using Sweeps.Silo;
using Sweeps.Silo.Datasets;
using Sweeps.Silo.Shell;

NativeHeap.StaySmall();
// A chunk's own process is ended by its silo, and by no signal that was meant for the silo.
using var signals = new DrainSignals(args is ["chunk"] ? _ => { } : Environment.Exit).Listen();
using var error = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });
var world = new SiloWorld
{
    Out = Console.Out,
    Error = error,
    In = Console.In,
    Variable = Environment.GetEnvironmentVariable,
    Catalogue = ExperimentCatalogue.All,
    Cluster = new PostgresCluster(TimeProvider.System),
    Datasets = (data, recorders) => new SharedDatasets(
        new SharedDataset(data, ExperimentCatalogue.All, TimeProvider.System), recorders, TimeProvider.System),
    Exit = Environment.Exit,
};
return await SiloCommandLine.RunAsync(args, world, signals.Token);
