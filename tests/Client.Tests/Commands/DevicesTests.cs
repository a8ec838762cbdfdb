using System.Text.Json;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

/// <summary>What is listed. There is an OpenCL device wherever the tests run: PoCL, if no other.</summary>
public class DevicesTests
{
    [Fact]
    public void Processor_and_devices_are_rows_of_one_table()
    {
        using var session = new Session { Width = 200 };
        Assert.Equal(ExitCode.Done, session.Run("devices"));

        string[] lines = session.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Single(lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["device", "name", "cores", "memory", "by"]);
        Assert.Single(lines, line => line.TrimStart().StartsWith("cpu ", StringComparison.Ordinal));
        Assert.Matches(@"OpenCL", Assert.Single(lines, line => line.TrimStart().StartsWith("opencl:0 ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Json_tells_of_each_device_what_its_driver_says()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.Done, session.Run("devices", "--json"));
        var devices = JsonDocument.Parse(session.Out).RootElement.EnumerateArray().ToList();

        var cpu = devices[0];
        Assert.Equal("cpu", cpu.GetProperty("device").GetString());
        Assert.Equal(Environment.ProcessorCount, cpu.GetProperty("cores").GetInt32());
        Assert.True(cpu.GetProperty("memory_bytes").GetInt64() > 0);

        Assert.Single(devices, each => each.GetProperty("device").GetString() == "opencl:0");
        Assert.All(devices[1..], device =>
        {
            Assert.Equal(
                ["device", "name", "driver", "cores", "memory_bytes", "is_processor", "rounds_correctly"],
                device.EnumerateObject().Select(property => property.Name));
            Assert.Matches(@"^(cuda|opencl):\d+$", device.GetProperty("device").GetString());
            Assert.NotEmpty(device.GetProperty("name").GetString()!);
            Assert.NotEmpty(device.GetProperty("driver").GetString()!);
            Assert.True(device.GetProperty("cores").GetInt32() > 0);
            Assert.True(device.GetProperty("memory_bytes").GetInt64() > 1 << 20);
            Assert.True(device.GetProperty("is_processor").ValueKind is JsonValueKind.True or JsonValueKind.False);
            Assert.True(device.GetProperty("rounds_correctly").ValueKind is JsonValueKind.True or JsonValueKind.False);
        });
    }

    [Fact]
    public void A_kind_without_a_device_and_a_processor_behind_a_driver_are_told_as_such_beside_the_data()
    {
        using var session = new Session();
        session.Run("devices", "--json");
        var devices = JsonDocument.Parse(session.Out).RootElement.EnumerateArray().ToList();
        session.Run("devices");

        foreach (string kind in (string[])["cuda", "opencl"])
        {
            bool isHere = devices.Any(each => each.GetProperty("device").GetString()!.StartsWith(kind + ":", StringComparison.Ordinal));
            Assert.Equal(isHere ? 0 : 1, session.Mistakes.Count(line => line.StartsWith($"no {kind} device: ", StringComparison.Ordinal)));
        }
        Assert.Equal(
            devices.Where(each => each.TryGetProperty("is_processor", out var is_processor) && is_processor.GetBoolean())
                .Select(each => $"{each.GetProperty("device").GetString()} is a processor behind a driver: for tests, slower than cpu"),
            session.Mistakes.Where(line => line.Contains("behind a driver", StringComparison.Ordinal)));
    }
}
