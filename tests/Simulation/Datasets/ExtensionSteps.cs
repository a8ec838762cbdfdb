using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Silos;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>The steps of <c>SharedExtension</c>: the tables of a larger grid, written anew and put in place one after the other.</summary>
internal sealed class ExtensionSteps(Silo silo, SiloDisk disk, SimulatedGrid old, SimulatedGrid next, long epoch, Func<bool> isCancelled)
{
    private readonly PlantedBug bug = silo.Cluster.Bug;

    public async Task<LedgerHoldings> RunAsync()
    {
        await GenerationAsync();
        var term = await TermSteps.BeginAsync(silo, disk, epoch);
        if (await GenerationAsync() == old.Generation) await ExtendAsync(term);
        await ClearUpAsync(term);
        var listing = await Listing.ReadAsync(disk, next);
        return (await listing.CheckAsync(disk)).Holdings;
    }

    private async Task ExtendAsync(TermSteps term)
    {
        foreach (string table in (string[])[Names.Points, Names.Curves, Names.Failures]) await term.RestoreAsync(table);
        if (!await disk.ExistsAsync(Names.Points)) throw new DatasetException("points is missing");
        bool isUntouched = !await IsInPlaceAsync(Names.Points) && !await IsInPlaceAsync(Names.Curves) && !await IsInPlaceAsync(Names.Failures);
        var untouched = isUntouched ? await Listing.ReadAsync(disk, old) : null;
        if (untouched is not null) await untouched.CheckAsync(disk, bug is not PlantedBug.HalfEndNotExtended);
        string[] parts = await PartsAsync(isUntouched);

        if (!await IsInPlaceAsync(Names.Curves)) await WriteAsync(term, Names.Curves, [.. parts.Except(CurvesThatDoNotCount(untouched))]);
        if (!await IsInPlaceAsync(Names.Failures)) await WriteFailuresAsync(term, parts);
        if (!await IsInPlaceAsync(Names.Points)) await WriteAsync(term, Names.Points, parts);
        await disk.WriteSyncedAsync(term.PathOf(Names.Manifest), new ManifestFile(next.Generation));
        if (isCancelled()) throw new OperationCanceledException();

        await disk.WriteSyncedAsync(term.PathOf("extension.json"), new NoteFile(parts));
        await disk.MoveAsync(term.PathOf("extension.json"), Intent);
        await disk.SyncFolderAsync(Names.Journal);
        foreach (string table in (string[])[Names.Curves, Names.Failures, Names.Points])
            if (!await IsInPlaceAsync(table)) await term.PutInPlaceAsync(table);
        await disk.MoveAsync(term.PathOf(Names.Manifest), Names.Manifest);
        await disk.SyncFolderAsync("");
    }

    private string Intent => $"{Names.Journal}/{Names.Intent}{Names.Digits(epoch)}";

    // Beside a part without rows they are a late worker's, which the part of a given-up chunk kept from committing.
    private HashSet<string> CurvesThatDoNotCount(Listing? untouched) =>
        untouched is null || bug is PlantedBug.CurvesOfGivenUpExtended ? [] : untouched.EmptyParts;

    // A late worker may commit a part between two tables: what counts is what was there before the first.
    private async Task<string[]> PartsAsync(bool isUntouched)
    {
        if (isUntouched || bug is PlantedBug.ExtendedTableByTable) return await disk.ListAsync(Names.Points);
        string[] intents = await disk.ListAsync(Names.Journal, Names.Intent);
        if (intents.Length == 0) throw new DatasetMovedException("a later term has ended");
        return [.. (await disk.ReadAsync<NoteFile>($"{Names.Journal}/{intents[^1]}")).Parts];
    }

    private async Task WriteAsync(TermSteps term, string table, string[] parts)
    {
        if (bug is PlantedBug.ExtendedTableByTable) parts = await disk.ListAsync(Names.Points);
        ulong rows = await TableSteps.ReadAsync(disk, table, parts, isCancelled);
        await TableSteps.WriteAsync(disk, term.PathOf(table), $"{Names.KeptPrefix(next.Generation)}{Names.Part(0)}", new(next.Generation, rows));
    }

    private async Task WriteFailuresAsync(TermSteps term, string[] parts)
    {
        bool isMerged = parts.Any(name => name.StartsWith(Names.Merged, StringComparison.Ordinal));
        ulong failed = 0;
        foreach (string name in await disk.ListAsync(Names.Failures))
        {
            bool counts = isMerged || name.StartsWith(Names.Kept, StringComparison.Ordinal) || parts.Contains(Names.StemOfFailures(name));
            if (counts) failed |= (await disk.ReadAsync<DataFile>($"{Names.Failures}/{name}")).Points;
        }
        await TableSteps.WriteAsync(disk, term.PathOf(Names.Failures), Names.KeptPrefix(next.Generation), new(next.Generation, failed));
    }

    private async Task ClearUpAsync(TermSteps term)
    {
        foreach (string intent in await disk.ListAsync(Names.Journal, Names.Intent))
            if (string.CompareOrdinal($"{Names.Journal}/{intent}", Intent) <= 0) await disk.DeleteAsync($"{Names.Journal}/{intent}");
        await disk.SyncFolderAsync(Names.Journal);
        foreach (string staged in await disk.ListAsync(Names.Staging, Names.StagedPrefix(old.Generation))) await disk.DeleteAsync($"{Names.Staging}/{staged}");
        await term.EndAsync();
    }

    private async Task<bool> IsInPlaceAsync(string table) => (await disk.ListAsync(table, Names.KeptPrefix(next.Generation))).Length > 0;

    private async Task<int> GenerationAsync()
    {
        int generation = (await disk.ReadAsync<ManifestFile>(Names.Manifest)).Generation;
        return generation == old.Generation || generation == next.Generation ? generation : throw new DatasetException("holds another generation");
    }
}
