using Xunit;
using Xunit.Abstractions;

namespace Sweeps.DeviceTests;

/// <summary>Listens to xunit: which tests there are, how each ended, and when all is done.</summary>
internal sealed class Verdicts : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly object gate = new();

    public List<ITestCase> Cases { get; } = [];

    public int Passed { get; private set; }

    public List<string> Failures { get; } = [];

    public ManualResetEventSlim Finished { get; } = new();

    /// <returns>True: go on.</returns>
    public bool OnMessage(IMessageSinkMessage message)
    {
        lock (gate)
            switch (message)
            {
                case ITestCaseDiscoveryMessage found:
                    Cases.Add(found.TestCase);
                    break;
                case ITestPassed:
                    Passed++;
                    break;
                case ITestFailed failed:
                    Failures.Add(Line(failed.Test.DisplayName, failed));
                    break;
                case ITestCollectionCleanupFailure failed:
                    Failures.Add(Line($"clean-up of {failed.TestCollection.DisplayName}", failed));
                    break;
                case ITestClassCleanupFailure failed:
                    Failures.Add(Line($"clean-up of {failed.TestClass.Class.Name}", failed));
                    break;
                case ITestCleanupFailure failed:
                    Failures.Add(Line($"clean-up of {failed.Test.DisplayName}", failed));
                    break;
                case IErrorMessage failed:
                    Failures.Add(Line("xunit", failed));
                    break;
                case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                    Finished.Set();
                    break;
            }
        return true;
    }

    public void Dispose() => Finished.Dispose();

    private static string Line(string what, IFailureInformation failed) =>
        $"{what}: {string.Join(" / ", failed.Messages).ReplaceLineEndings(" ")}";
}
