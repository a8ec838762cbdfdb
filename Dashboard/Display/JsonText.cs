using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sweeps.Dashboard.Display;

/// <summary>JSON for programs: numbers in shortest round-trip form, what is absent as null.</summary>
internal static class JsonText
{
    /// <summary>Writes one document and ends the line.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> content, bool isIndented = true) =>
        output.WriteLine(Encoding.UTF8.GetString(Bytes(content, isIndented).Span));

    /// <summary>One document in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> content, bool isIndented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options)) content(writer);
        return buffer.WrittenMemory;
    }

    public static void Number(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }
}
