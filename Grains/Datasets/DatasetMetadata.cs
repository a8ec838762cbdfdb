using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>What every data file says of itself.</summary>
public static class DatasetMetadata
{
    /// <summary>Version of the columns, names and folders; another one is not read.</summary>
    public const int SchemaVersion = 1;

    public const string SweepKey = "sweep";
    public const string SpecHashKey = "spec_hash";
    public const string SoftwareVersionKey = "software_version";
    public const string SchemaVersionKey = "schema_version";

    /// <summary>Version of this software, <c>major.minor.patch</c>.</summary>
    public static string SoftwareVersion { get; } = typeof(DatasetMetadata).Assembly.GetName().Version!.ToString(3);

    public static ImmutableDictionary<string, string> Of(SweepSpec spec) => ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create(SweepKey, spec.Name),
        KeyValuePair.Create(SpecHashKey, spec.Hash),
        KeyValuePair.Create(SoftwareVersionKey, SoftwareVersion),
        KeyValuePair.Create(SchemaVersionKey, SchemaVersion.ToString(CultureInfo.InvariantCulture)),
    ]);
}
