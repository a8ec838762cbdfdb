using Sweeps.Dashboard.Datasets;

namespace Sweeps.Dashboard.Hosting;

/// <summary>Where this process finds the datasets of sweeps.</summary>
internal interface ISweepDatasets
{
    /// <param name="id">Of a sweep that the server knows; never as a user wrote it.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The dataset as it is at this moment, for the caller to dispose; or why it cannot be read here, with the remedy.</returns>
    /// <exception cref="IOException">It is there, but cannot be read.</exception>
    Task<Checked<SweepFolder>> OpenAsync(string id, CancellationToken cancellation);
}
