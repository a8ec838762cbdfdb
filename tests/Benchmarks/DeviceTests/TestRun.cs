using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Sweeps.DeviceTests;

/// <summary>What became of the tests of one collection.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failures">A line for each that did not, and for each fixture that could not be made or disposed of.</param>
internal sealed record TestRun(int Passed, IReadOnlyList<string> Failures)
{
    /// <summary>Runs, in this process and by xunit's own framework, the tests of an assembly that belong to a collection.</summary>
    public static TestRun Of(Assembly assembly, string collection)
    {
        var framework = new XunitTestFramework(new Verdicts());
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        using var found = new Verdicts();
        discoverer.Find(includeSourceInformation: false, found, DefaultOptions.Instance);
        found.Finished.Wait();

        using var executor = framework.GetExecutor(assembly.GetName());
        using var verdicts = new Verdicts();
        ITestCase[] wanted = [.. found.Cases.Where(test => test.TestMethod.TestClass.TestCollection.DisplayName == collection)];
        executor.RunTests(wanted, verdicts, DefaultOptions.Instance);
        verdicts.Finished.Wait();
        return new(verdicts.Passed, verdicts.Failures);
    }
}
