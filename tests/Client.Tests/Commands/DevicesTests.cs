using System.Text.Json;

namespace Sweeps.Client.Tests.Commands;

public class DevicesTests
{
    [Fact]
    public void The_processor_is_a_device()
    {
        using var session = new Session();
        session.Run("devices");
        Assert.Contains("cpu", session.Out);

        session.Run("devices", "--json");
        var cpu = Assert.Single(JsonDocument.Parse(session.Out).RootElement.EnumerateArray());
        Assert.Equal(Environment.ProcessorCount, cpu.GetProperty("cores").GetInt32());
        Assert.True(cpu.GetProperty("memory_bytes").GetInt64() > 0);
    }
}
