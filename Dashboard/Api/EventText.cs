using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Live;

namespace Sweeps.Dashboard.Api;

/// <summary>News as server-sent events. Each is written once, however many hear it.</summary>
internal static class EventText
{
    private static readonly ConditionalWeakTable<SweepNews, Lazy<ReadOnlyMemory<byte>>> Written = [];

    /// <summary>How long to wait before coming back after the connection broke, in milliseconds.</summary>
    public static ReadOnlyMemory<byte> Retry { get; } = "retry: 3000\n\n"u8.ToArray();

    /// <summary>Says nothing, but that the connection is there.</summary>
    public static ReadOnlyMemory<byte> Heartbeat { get; } = ": \n\n"u8.ToArray();

    public static ReadOnlyMemory<byte> Of(SweepNews news) => Written.GetValue(news, static each => new(() => Write(each))).Value;

    private static ReadOnlyMemory<byte> Write(SweepNews news) => news switch
    {
        { Trouble: { } trouble } => Event("trouble", writer => writer.WriteString("detail", trouble)),
        { Sweep: { } sweep } => Event("progress", writer => SweepBody.WriteProperties(writer, sweep)),
        _ => Event("end", _ => { }),
    };

    private static ReadOnlyMemory<byte> Event(string name, Action<Utf8JsonWriter> members)
    {
        var data = JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        });
        return (byte[])[.. Encoding.ASCII.GetBytes($"event: {name}\ndata: "), .. data.Span, .. "\n\n"u8];
    }
}
