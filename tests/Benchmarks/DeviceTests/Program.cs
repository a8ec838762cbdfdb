using Sweeps.Compute.Tests.Devices;
using Sweeps.DeviceTests;

// device-tests: the tests of kernels on the device of SWEEPS_TEST_DEVICE. Prints a line per test that failed, then how many passed and
// failed; exit code 0 only if some passed and none failed.
var outcome = TestRun.Of(typeof(DeviceFixture).Assembly, "Device");
foreach (string failure in outcome.Failures) Console.WriteLine($"FAILED {failure}");
Console.WriteLine($"{outcome.Passed} passed, {outcome.Failures.Count} failed");
return outcome.Passed > 0 && outcome.Failures.Count == 0 ? 0 : 1;
