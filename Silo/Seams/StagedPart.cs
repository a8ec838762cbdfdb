using System.Text;
using Sweeps.Grains.Datasets;

namespace Sweeps.Silo.Seams;

/// <summary>A part that is whole in staging, under an epoch, for the lane that adopts it.</summary>
// Stands here until PartPublication stages under an epoch; then its body is Begin(firstPoint, epoch), Add, Stage, LeaveStaged, FailedCount.
internal static class StagedPart
{
    /// <returns>Points that failed.</returns>
    public static long Stage(PartPublication publication, long firstPoint, long epoch, IEnumerable<PointRows> rows)
    {
        string name = DatasetFolder.PartName(firstPoint);
        using var points = new StagedTable(publication, FormattableString.Invariant($"points-{epoch}-{name}"), publication.PointsSchema,
            1 << 16);
        using var curves = publication.CurvesSchema is { } schema
            ? new StagedTable(publication, FormattableString.Invariant($"curves-{epoch}-{name}"), schema, 1 << 18)
            : null;
        List<FailedPoint> failed = [];
        foreach (var each in rows)
        {
            points.Add(each.Points);
            if (each.Curves is not null) curves?.Add(each.Curves);
            failed.AddRange(each.Failed);
        }
        curves?.Complete();
        if (failed.Count > 0)
        {
            string path = publication.Folder.Staged(
                FormattableString.Invariant($"failures-{epoch}-{DatasetFolder.FailuresName(firstPoint)}"));
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes(string.Concat(failed.Select(point => point.ToLine() + "\n"))));
        }
        points.Complete();
        return failed.Count;
    }
}
