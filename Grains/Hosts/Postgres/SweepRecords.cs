using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>The columns that <c>choose</c> and <c>find-job</c> begin with.</summary>
internal static class SweepRecords
{
    public static SweepRecord Of(NpgsqlDataReader rows) => new(
        rows.GetInt64(0), rows.GetString(1), rows.GetGuid(2), rows.GetInt32(3), rows.GetString(4), rows.GetString(5), rows.GetInt32(6), rows.GetInt32(7),
        rows.GetString(8))
    {
        Device = PostgresWords.Demand(rows.GetString(9)),
    };
}
