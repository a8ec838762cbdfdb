using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Plots;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Datasets;

/// <summary>A sweep's folder, opened to read, as it was at that moment.</summary>
internal sealed class SweepFolder : IDisposable
{
    private readonly DatasetFolder folder;

    private SweepFolder(string path, DatasetReader reader) => (folder, Reader, Grid) = (new(path), reader, new PointGrid(reader.Spec));

    public DatasetReader Reader { get; }

    public SweepSpec Spec => Reader.Spec;

    public PointGrid Grid { get; }

    public TableSchema PointColumns => Reader.PointsSchema;

    /// <summary>Points that have a row.</summary>
    public long FinishedPoints => Reader.PointCount;

    /// <summary>Opens a folder; what is wrong with the request is told, not thrown.</summary>
    /// <exception cref="IOException">It is there, but cannot be read.</exception>
    public static Checked<SweepFolder> Open(string path, IReadOnlyCollection<IExperiment> catalogue)
    {
        try
        {
            return Checked<SweepFolder>.Right(new SweepFolder(path, DatasetReader.Open(path, catalogue)));
        }
        catch (DatasetException wrong) when (!wrong.IsDamage)
        {
            return Checked<SweepFolder>.Wrong(WithRemedy(wrong));
        }
    }

    /// <summary>The sentences of an exception, each with something to do about it.</summary>
    public static IEnumerable<string> WithRemedy(DatasetException wrong) => wrong.Message.Split('\n')
        .Select(sentence => sentence.Contains(';') ? sentence : $"{sentence}; name the folder of a sweep, such as runs/NAME");

    /// <summary>Batches of <c>points</c> with the columns named, in that order.</summary>
    public IEnumerable<TableBatch> ReadPoints(IReadOnlyList<string> columns) => Reader.ReadPoints(columns);

    /// <summary>The one row of a point, with the columns named; null if it has none.</summary>
    public TableBatch? ReadPoint(long point, IReadOnlyList<string> columns) => Reader.ReadPoints(columns, point).FirstOrDefault();

    /// <summary>The points that failed, in no order, read as they are asked for; those written meanwhile may be missing.</summary>
    /// <exception cref="DatasetException">A file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IEnumerable<FailedPoint> FailedPoints() => Directory.Exists(folder.Failures)
        ? Directory.EnumerateFiles(folder.Failures, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(FailedPoint.Read)
        : [];

    /// <summary>All curve rows of one point, in order: batch and place there.</summary>
    public IEnumerable<(TableBatch Batch, int Row)> CurveRows(long point)
    {
        foreach (var batch in Reader.ReadCurves(point))
            for (int row = 0; row < batch.RowCount; row++)
                yield return (batch, row);
    }

    /// <summary>The rows of one curve.</summary>
    public IEnumerable<LinePoint> ReadCurve(long point, string observable)
    {
        foreach (var (batch, row) in CurveRows(point))
            if (batch.Column<string>(CurvesSchema.Observable)[row] == observable)
                yield return new LinePoint(
                    batch.Column<double>(CurvesSchema.T)[row],
                    Number(batch, CurvesSchema.Value, row),
                    Number(batch, CurvesSchema.StandardError, row),
                    Number(batch, CurvesSchema.Theory, row));
    }

    public void Dispose() => Reader.Dispose();

    private static double? Number(TableBatch batch, string column, int row) =>
        batch.Column<double>(column) is var numbers && !numbers.IsNull(row) ? numbers[row] : null;
}
