using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Status;

/// <summary>What silos' states mean here.</summary>
internal static class ServerSiloStates
{
    /// <summary>The state of a silo that is not heard of.</summary>
    public const string Lost = "lost";

    /// <summary>Where the dataset is on living silos: one folder for each of their data folders.</summary>
    public static IEnumerable<string> DatasetFolders(this IEnumerable<ServerSilo> silos, string id) => silos
        .Where(silo => silo.State != Lost).Select(silo => silo.Data.TrimEnd('/')).Distinct().Order(StringComparer.Ordinal)
        .Select(data => $"{data}/{id}");
}
