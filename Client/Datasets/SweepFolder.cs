using Sweeps.Client.Plots;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Datasets;

/// <summary>A sweep's folder, opened to read.</summary>
internal sealed class SweepFolder
{
    private readonly string path;

    private SweepFolder(string path, SweepSpec spec, TableSchema pointColumns, long finished)
    {
        (this.path, Spec, Grid, PointColumns, FinishedPoints) = (path, spec, new PointGrid(spec), pointColumns, finished);
    }

    public SweepSpec Spec { get; }

    public PointGrid Grid { get; }

    public TableSchema PointColumns { get; }

    public long FinishedPoints { get; }

    public static Checked<SweepFolder> Open(string path, IReadOnlyCollection<IExperiment> catalogue) => throw new NotImplementedException();

    /// <summary>Batches of <c>points</c> with the columns named, in that order.</summary>
    public IEnumerable<TableBatch> ReadPoints(IReadOnlyList<string> columns) => throw new NotImplementedException();

    /// <summary>The row of one point: its batch and place there.</summary>
    public (TableBatch Batch, int Row) PointRow(long point, IReadOnlyList<string> columns) => throw new NotImplementedException();

    /// <summary>All curve rows of one point, in order: batch and place there.</summary>
    public IEnumerable<(TableBatch Batch, int Row)> CurveRows(long point, IReadOnlyList<string> columns) => throw new NotImplementedException();

    /// <summary>The rows of one curve.</summary>
    public IEnumerable<LinePoint> ReadCurve(long point, string observable) => throw new NotImplementedException();
}
