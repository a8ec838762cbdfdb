using Sweeps.Fakes;

namespace Sweeps.Client.Tests;

/// <summary>A spec of twelve points over two numeric axes and words, and its dataset.</summary>
internal static class SmallSweep
{
    public const string Spec = FakeExperiment.SmallSpec;

    /// <summary>Runs the sweep in the session.</summary>
    /// <returns>Its folder.</returns>
    public static string RunIn(Session session, params string[] more)
    {
        string folder = session.PathOf("dataset");
        Assert.Equal(0, session.Run(["run", session.Write("small.yaml", Spec), "--out", folder, "--threads", "2", .. more]));
        return folder;
    }
}
