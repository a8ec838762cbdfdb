using Sweeps.Client.Shell;

namespace Sweeps.Client.Running;

/// <summary>Shows how far a sweep is while it runs.</summary>
internal interface IProgressDisplay
{
    /// <summary>A bar where a person looks, lines elsewhere.</summary>
    static IProgressDisplay For(Terminal terminal) => terminal.ErrorIsTerminal ? new ProgressBar(terminal) : new ProgressLines(terminal);

    /// <summary>Runs <paramref name="work"/>, which reports whenever there is news, from any thread.</summary>
    Task<T> ShowAsync<T>(Func<IProgress<ProgressNews>, Task<T>> work);
}
