using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Devices;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps devices</c>.</summary>
internal sealed class DevicesCommand : ClientCommand
{
    private readonly Option<bool> json = new("--json") { Description = "A JSON list of devices." };

    public DevicesCommand(Terminal terminal)
        : base("devices", "What can compute here.", terminal) => Add(json);

    public override ImmutableArray<string> Examples => ["sweeps devices", "sweeps devices --json"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var machine = ThisMachine.Look();
        DeviceCatalogue catalogue = DeviceCatalogue.Discover();
        if (line.GetValue(json)) WriteJson(machine, catalogue);
        else WriteTable(machine, catalogue);
        return Task.FromResult(ExitCode.Done);
    }

    private void WriteJson(ThisMachine machine, DeviceCatalogue catalogue) => JsonText.Write(Terminal.Out, writer =>
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("device", LaneProcessor.Device);
        writer.WriteString("name", machine.Processor);
        writer.WriteNumber("cores", machine.Cores);
        writer.WriteStartArray("vector_bits");
        foreach (int bits in machine.VectorBits) writer.WriteNumberValue(bits);
        writer.WriteEndArray();
        writer.WriteNumber("memory_bytes", machine.MemoryBytes);
        writer.WriteEndObject();
        foreach (DeviceDescription device in catalogue.Devices.Select(each => each.Description))
        {
            writer.WriteStartObject();
            writer.WriteString("device", device.Word);
            writer.WriteString("name", device.Name);
            writer.WriteString("driver", device.Driver);
            writer.WriteNumber("cores", device.ComputeUnits);
            writer.WriteNumber("memory_bytes", device.MemoryBytes);
            writer.WriteBoolean("is_processor", device.IsProcessor);
            writer.WriteBoolean("rounds_correctly", device.RoundsCorrectly);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private void WriteTable(ThisMachine machine, DeviceCatalogue catalogue)
    {
        TextTable.Write(Terminal, ["device", "name", "cores", "memory", "by"],
            [
                [
                    LaneProcessor.Device, machine.Processor, Numbers.Count(machine.Cores), Numbers.Bytes(machine.MemoryBytes),
                    Vectors(machine.VectorBits),
                ],
                .. catalogue.Devices.Select(each => each.Description).Select(device => new[]
                {
                    device.Word, device.Name, Numbers.Count(device.ComputeUnits), Numbers.Bytes(device.MemoryBytes), device.Driver,
                }),
            ],
            column => column is 2 or 3);
        foreach (var (kind, reason) in catalogue.Missing) Terminal.Say($"no {kind.Word()} device: {reason}");
        foreach (DeviceDescription device in catalogue.Devices.Select(each => each.Description).Where(device => device.IsProcessor))
            Terminal.Say($"{device.Word} is a processor behind a driver: for tests, slower than cpu");
    }

    // The kernels are written for 512 bits; a narrower machine runs the same text in halves.
    private static string Vectors(IReadOnlyList<int> bits) => bits.Count == 0 ? "no vectors" : $"{bits[0]} bit vectors";
}
