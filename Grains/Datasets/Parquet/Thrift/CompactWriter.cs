using System.Text;

namespace Sweeps.Grains.Datasets.Parquet.Thrift;

/// <summary>Writes Thrift's compact protocol, as far as Parquet's metadata needs it. Fields go in the order of their ids.</summary>
internal sealed class CompactWriter(ByteSink sink)
{
    /// <summary>Lone surrogates have no UTF-8: refused rather than replaced.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stack<int> outer = new();
    private int lastField;

    public void Int32(int field, int value) => Int64(field, CompactType.Int32, value);

    public void Int64(int field, long value) => Int64(field, CompactType.Int64, value);

    public void Bool(int field, bool value) => Header(field, value ? CompactType.True : CompactType.False);

    public void Text(int field, string value) => Binary(field, Utf8.GetBytes(value));

    public void Binary(int field, ReadOnlySpan<byte> value)
    {
        Header(field, CompactType.Binary);
        BinaryElement(value);
    }

    public void BeginStruct(int field)
    {
        Header(field, CompactType.Struct);
        BeginElement();
    }

    /// <summary>Starts a struct that is an element of a list, or the outermost one.</summary>
    public void BeginElement()
    {
        outer.Push(lastField);
        lastField = 0;
    }

    public void End()
    {
        sink.WriteByte((byte)CompactType.Stop);
        lastField = outer.Pop();
    }

    public void BeginList(int field, CompactType element, int count)
    {
        Header(field, CompactType.List);
        if (count < 15)
        {
            sink.WriteByte((byte)((count << 4) | (int)element));
            return;
        }
        sink.WriteByte((byte)(0xF0 | (int)element));
        sink.WriteVarint((ulong)count);
    }

    public void Int32Element(int value) => sink.WriteVarint(ZigZag(value));

    public void TextElement(string value) => BinaryElement(Utf8.GetBytes(value));

    private void BinaryElement(ReadOnlySpan<byte> value)
    {
        sink.WriteVarint((ulong)value.Length);
        sink.Write(value);
    }

    private void Int64(int field, CompactType type, long value)
    {
        Header(field, type);
        sink.WriteVarint(ZigZag(value));
    }

    private void Header(int field, CompactType type)
    {
        int step = field - lastField;
        lastField = field;
        if (step is > 0 and < 16)
        {
            sink.WriteByte((byte)((step << 4) | (int)type));
            return;
        }
        sink.WriteByte((byte)type);
        sink.WriteVarint(ZigZag(field));
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
