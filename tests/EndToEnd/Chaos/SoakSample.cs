using System.Collections.Immutable;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>The figures of a moment.</summary>
/// <param name="At">Since the soak began.</param>
/// <param name="Silos">Of those that are judged, in the order they were started.</param>
/// <param name="Connections">Of each of them at the database; empty while that is away.</param>
/// <param name="AllConnections">Everybody's; null while the database is away.</param>
/// <param name="DatabaseSize">MiB; null while the database is away.</param>
internal sealed record SoakSample(
    TimeSpan At, ImmutableArray<SiloFigures> Silos, ImmutableArray<int> Connections, int? AllConnections, double? DatabaseSize)
{
    public override string ToString()
    {
        var silos = Silos.Select((silo, i) => FormattableString.Invariant(
            $"silo {i}: {silo.Resident:0.0} MiB resident, {silo.Anonymous:0.0} anonymous, {silo.Descriptors} files, ")
            + FormattableString.Invariant($"{silo.Threads} threads, {(Connections.IsEmpty ? "?" : Connections[i])} connections"));
        string database = AllConnections is null
            ? "database away" : FormattableString.Invariant($"database: {AllConnections} connections, {DatabaseSize:0.0} MiB");
        return FormattableString.Invariant($"minute {At.TotalMinutes:0.0} | {string.Join(" | ", silos)} | {database}");
    }
}
