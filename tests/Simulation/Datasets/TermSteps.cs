using System.Globalization;
using Sweeps.Grains.Datasets;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Silos;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Datasets;

/// <summary>The steps of <c>DatasetTerm</c>: its folder, its number in the journal, and the fence against earlier terms.</summary>
internal sealed class TermSteps
{
    private const string Own = "term-";
    private const string Aside = "aside-";
    private const string Old = "old-";
    private const int Attempts = 20;

    private static readonly string[] Tables = [Names.Points, Names.Curves, Names.Failures, "one", "other"];

    private readonly Silo silo;
    private readonly SiloDisk disk;
    private readonly long epoch;

    private TermSteps(Silo silo, SiloDisk disk, long epoch) => (this.silo, this.disk, this.epoch) = (silo, disk, epoch);

    public static async Task<TermSteps> BeginAsync(Silo silo, SiloDisk disk, long epoch)
    {
        var term = new TermSteps(silo, disk, epoch);
        await term.CheckIsLastAsync();
        await disk.CreateFileAsync($"{Names.Journal}/{Own}{Names.Digits(epoch)}");
        await disk.SyncFolderAsync(Names.Journal);
        if (silo.Cluster.Bug is not PlantedBug.TermWithoutFence) await term.PutAsideAsync();
        foreach (string name in Tables) await disk.CreateFolderAsync(term.PathOf(name));
        try
        {
            await term.CheckIsLastAsync();
        }
        catch (DatasetMovedException)
        {
            foreach (string name in Tables) await disk.DeleteEmptyFolderAsync(term.PathOf(name));
            await disk.DeleteEmptyFolderAsync(term.Folder);
            throw;
        }
        foreach (string name in await disk.ListAsync(Names.Journal, Own))
            if (NumberOf(name, Own) < epoch) await disk.DeleteAsync($"{Names.Journal}/{name}");
        return term;
    }

    public string PathOf(string name) => $"{Folder}/{name}";

    public async Task RestoreAsync(string table)
    {
        if ((await disk.ListAsync(table)).Length > 0) return;
        string? away = null;
        foreach (string aside in await SetAsideAsync())
            if (await disk.ExistsAsync($"{aside}/{Old}{table}")) away = $"{aside}/{Old}{table}";
        if (away is null) return;
        await disk.DeleteEmptyFolderAsync(table);
        await disk.MoveAsync(away, table);
        await disk.SyncFolderAsync("");
    }

    public async Task PutInPlaceAsync(string table)
    {
        if (!await disk.TryExchangeAsync(PathOf(table), table))
        {
            if (await disk.ExistsAsync(table)) await disk.MoveAsync(table, PathOf(Old + table));
            await disk.MoveAsync(PathOf(table), table);
        }
        await disk.SyncFolderAsync("");
    }

    public async Task EndAsync()
    {
        await PutAsideAsync();
        foreach (string aside in await SetAsideAsync()) await DiscardAsync(aside);
    }

    private string Folder => $"{Names.Staging}/{Own}{Names.Digits(epoch)}";

    private async Task CheckIsLastAsync()
    {
        foreach (string name in await disk.ListAsync(Names.Journal, Own))
            if (NumberOf(name, Own) > epoch) throw new DatasetMovedException($"term {epoch} is over");
    }

    private async Task PutAsideAsync()
    {
        foreach (string name in await disk.ListAsync(Names.Staging, Own))
        {
            if (NumberOf(name, Own) > epoch) continue;
            try
            {
                await disk.MoveAsync($"{Names.Staging}/{name}", $"{Names.Staging}/{Aside}{name[Own.Length..]}-{silo.Cluster.Chance.Word():x8}");
            }
            catch (DirectoryNotFoundException)
            {
                continue;
            }
        }
        await disk.SyncFolderAsync(Names.Staging);
    }

    private async Task<List<string>> SetAsideAsync() =>
        [.. (await disk.ListAsync(Names.Staging, Aside)).Where(name => NumberOf(name, Aside) <= epoch).Select(name => $"{Names.Staging}/{name}")];

    private async Task DiscardAsync(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await disk.EmptyAsync(path);
                await disk.DeleteEmptyFolderAsync(path);
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                if (!await disk.ExistsAsync(path)) return;
            }
        }
    }

    private static long NumberOf(string name, string kind) =>
        long.Parse(name.AsSpan(kind.Length, 5), NumberStyles.None, CultureInfo.InvariantCulture);
}
