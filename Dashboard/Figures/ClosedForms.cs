namespace Sweeps.Dashboard.Figures;

/// <summary>
/// Closed forms that figures were drawn with. They depend on what is asked for and on no point that is measured, so the figure of a running
/// sweep computes them once, however often it is drawn anew. For several threads at once.
/// </summary>
/// <param name="most">Entries kept; beyond, the one unused for longest goes.</param>
internal sealed class ClosedForms(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private long uses;

    /// <summary>What is kept under a name, or what is computed and kept from now on; whoever else asks for it meanwhile waits.</summary>
    public IReadOnlyList<double?> Get(string key, Func<double?[]> compute)
    {
        Entry? entry;
        lock (gate)
        {
            if (!entries.TryGetValue(key, out entry))
            {
                if (entries.Count >= most) entries.Remove(entries.MinBy(pair => pair.Value.LastUse).Key);
                entries[key] = entry = new(new(compute));
            }
            entry.LastUse = ++uses;
        }
        try
        {
            return entry.Values.Value;
        }
        catch
        {
            // What could not be computed, or was interrupted, is tried again.
            lock (gate)
                if (entries.TryGetValue(key, out var kept) && kept == entry) entries.Remove(key);
            throw;
        }
    }

    private sealed class Entry(Lazy<double?[]> values)
    {
        public Lazy<double?[]> Values => values;

        public long LastUse { get; set; }
    }
}
