using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;

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
        if (line.GetValue(json))
            JsonText.Write(Terminal.Out, writer =>
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WriteString("device", "cpu");
                writer.WriteString("name", machine.Processor);
                writer.WriteNumber("cores", machine.Cores);
                writer.WriteStartArray("vector_bits");
                foreach (int bits in machine.VectorBits) writer.WriteNumberValue(bits);
                writer.WriteEndArray();
                writer.WriteNumber("memory_bytes", machine.MemoryBytes);
                writer.WriteEndObject();
                writer.WriteEndArray();
            });
        else
            TextTable.Write(Terminal, ["device", "name", "cores", "vectors", "memory"],
                [["cpu", machine.Processor, Numbers.Count(machine.Cores), Vectors(machine.VectorBits), Numbers.Bytes(machine.MemoryBytes)]],
                column => column is 2 or 4);
        return Task.FromResult(ExitCode.Done);
    }

    // The kernels are written for 512 bits; a narrower machine runs the same text in halves.
    private static string Vectors(IReadOnlyList<int> bits) => bits.Count == 0 ? "none" : $"{bits[0]} bit";
}
