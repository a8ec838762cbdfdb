using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>
/// Makes a sweep's rows the beginning of a larger grid's. Tables go into place one after the other, points last, then the manifest; a table
/// that is in place is known by its files, and one that is not still has all that its successor is made of. So a term that ends anywhere is
/// continued by the next, which stages what is missing anew; the <see cref="DatasetTerm"/> keeps two from being at it together.
/// </summary>
internal sealed class SharedExtension(
    CheckedSweep old, CheckedSweep next, long epoch, ITableFormat format, IDatasetDisk disk, TimeProvider time)
{
    private const string Points = "points";
    private const string Curves = "curves";
    private const string Failures = "failures";
    private const string Manifest = "sweep.json";

    private readonly DatasetFolder folder = next.Folder;

    /// <exception cref="DatasetException">The folder is not what the server says.</exception>
    /// <exception cref="DatasetMovedException">Another silo has taken over.</exception>
    public LedgerHoldings Run(CancellationToken cancellation)
    {
        if (old.Folder.Root != next.Folder.Root || old.Record.Mark != next.Record.Mark)
            throw new DatasetException($"{old.Folder.Root}: the server extends one sweep into the folder of another");
        if (SpecComparison.Compare(old.Spec, next.Spec) is not SpecComparison.Extension)
            throw new DatasetException($"{folder.Root}: the server's new spec is no extension of its old one");
        CheckGeneration();
        var term = DatasetTerm.Begin(folder, epoch, disk);
        // Again: an earlier term may have come to its end just before this one began.
        if (CheckGeneration() == old.Spec.Hash)
        {
            Extend(term, cancellation);
            new SweepJournal(folder, disk, time).Record("extended", $"from {old.Plan.PointCount} points to {next.Plan.PointCount}");
        }
        ClearUp(term);
        var listing = PartListing.Read(folder, next.Spec, next.Plan, format);
        DatasetWholeness.Check(folder, next.Spec, next.Plan, listing);
        return listing.Holdings;
    }

    private void Extend(DatasetTerm term, CancellationToken cancellation)
    {
        term.Restore(Points, folder.Points);
        term.Restore(Curves, folder.Curves);
        term.Restore(Failures, folder.Failures);
        if (!Directory.Exists(folder.Points)) throw new DatasetException($"{folder.Points} is missing; restore it from a copy");
        var publication = new PartPublication(folder, next.Spec, format, disk);
        bool hasCurves = publication.CurvesSchema is not null;
        bool isUntouched = !IsInPlace(folder.Points) && !IsInPlace(folder.Curves) && !IsInPlace(folder.Failures);
        var untouched = isUntouched ? PartListing.Read(folder, old.Spec, old.Plan, format) : null;
        if (untouched is not null) DatasetWholeness.Check(folder, old.Spec, old.Plan, untouched, excusesEmptyParts: true);
        var parts = isUntouched ? ExtensionIntent.PartsOf(folder) : ExtensionIntent.Read(folder);
        var rows = new ExtendedRows(publication, old.Grid.Embed(next.Grid)!, parts);

        // The first to be put in place: while they are not, all is as it was.
        if (hasCurves && !IsInPlace(folder.Curves)) rows.WriteCurves(Path.Combine(term.Folder, Curves), untouched?.EmptyParts ?? [], cancellation);
        if (!IsInPlace(folder.Failures)) rows.WriteFailures(Path.Combine(term.Folder, Failures));
        if (!IsInPlace(folder.Points)) rows.WritePoints(Path.Combine(term.Folder, Points), cancellation);
        disk.WriteSynced(term.PathOf(Manifest), SweepManifest.Of(next.Spec, next.Plan).ToBytes());
        cancellation.ThrowIfCancellationRequested();

        ExtensionIntent.Write(folder, term, parts, disk);
        if (hasCurves && !IsInPlace(folder.Curves)) term.PutInPlace(Curves, folder.Curves);
        if (!IsInPlace(folder.Failures)) term.PutInPlace(Failures, folder.Failures);
        if (!IsInPlace(folder.Points)) term.PutInPlace(Points, folder.Points);
        disk.Move(term.PathOf(Manifest), folder.Manifest);
        disk.SyncFolder(folder.Root);
    }

    // Intents of this term and earlier ones, and what the workers of the old generation left in staging.
    private void ClearUp(DatasetTerm term)
    {
        foreach (string intent in ClusterMark.Intents(folder))
            if (string.CompareOrdinal(intent, ClusterMark.IntentOf(folder, epoch)) <= 0) disk.Delete(intent);
        disk.SyncFolder(folder.Journal);
        foreach (string staged in Directory.GetFiles(folder.Staging, DatasetFolder.StagedPrefix(old.Spec.Hash) + "*")) disk.Delete(staged);
        term.End();
    }

    private bool IsInPlace(string table) =>
        Directory.Exists(table) && Directory.EnumerateFiles(table, DatasetFolder.KeptPrefix(next.Spec.Hash) + "*").Any();

    private string CheckGeneration()
    {
        if (!SweepManifest.TryRead(folder.Manifest, [next.Spec.Experiment], out var manifest, out var mistakes))
            throw new DatasetException(mistakes[0]);
        string hash = manifest.Spec.Hash;
        return hash == old.Spec.Hash || hash == next.Spec.Hash
            ? hash
            : throw new DatasetException($"{folder.Root} holds another generation of the sweep than the server says; restore it from a copy");
    }
}
