using Sweeps.Compute.Experiments;
using Sweeps.Silo;
using Sweeps.Silo.Seams;
using Sweeps.Silo.Shell;

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
    Cluster = new UnpluggedCluster(),
    Datasets = _ => new UnpluggedDatasets(),
    Exit = Environment.Exit,
};
return await SiloCommandLine.RunAsync(args, world, signals.Token);
