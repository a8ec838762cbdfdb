using System.Collections.Immutable;
using System.Text;

namespace Sweeps.Compute.Experiments;

/// <summary>The values of all keys of an experiment at one point, in the order of <see cref="IExperiment.Keys"/>.</summary>
public sealed class PointKeys(ImmutableArray<ExperimentKey> keys, ImmutableArray<KeyValue> values)
{
    public ImmutableArray<ExperimentKey> Keys { get; } = keys;

    public ImmutableArray<KeyValue> Values { get; } = keys.Length == values.Length
        ? values
        : throw new ArgumentException($"{values.Length} values for {keys.Length} keys", nameof(values));

    /// <exception cref="KeyNotFoundException">The experiment has no such key.</exception>
    public KeyValue this[string name]
    {
        get
        {
            for (int i = 0; i < Keys.Length; i++)
                if (Keys[i].Name == name) return Values[i];
            throw new KeyNotFoundException($"no key '{name}'");
        }
    }

    /// <summary>Canonical <c>name=value</c> lines of all keys, in the experiment's order: what the random streams of a point are keyed by.</summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Keys.Length; i++) text.Append(Keys[i].Name).Append('=').Append(Values[i].ToString()).Append('\n');
        return text.ToString();
    }
}
