using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Running;

/// <summary>Shows how far a run is while it runs.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs <paramref name="work"/>, which reports whenever there is news, from any thread.</summary>
    Task<T> ShowAsync<T>(Func<IProgress<SweepProgress>, Task<T>> work);
}
