using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sweeps.Grains.Specs;

/// <summary>
/// Reads the part of YAML 1.2 that specs use: one document of mappings, lists and scalars. Anchors, aliases, tags, merge keys, duplicate
/// keys and further documents are mistakes; so is text that is no YAML.
/// </summary>
internal sealed class YamlTree
{
    // A spec is four levels deep; far below what recursion can bear.
    private const int MaximumDepth = 16;

    private readonly Parser parser;
    private readonly SpecPlace origin;
    private readonly MistakeList mistakes;

    private YamlTree(string text, SpecPlace origin, MistakeList mistakes)
    {
        parser = new Parser(new StringReader(text));
        this.origin = origin;
        this.mistakes = mistakes;
    }

    /// <summary>The root of the only document; null if there is none, or if the text breaks off in a mistake.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="origin">Place of mistakes: lines and columns are added in a file, not in a <c>--set</c>.</param>
    /// <param name="mistakes">Receives what is wrong.</param>
    public static SpecNode? Read(string text, SpecPlace origin, MistakeList mistakes)
    {
        var tree = new YamlTree(text, origin, mistakes);
        try
        {
            return tree.ReadDocument();
        }
        catch (TooDeepException deep)
        {
            mistakes.Add(deep.Place, "", $"nested more than {MaximumDepth} levels deep", "a spec has at most four levels");
        }
        catch (YamlException malformed)
        {
            // Some mistakes, such as a tab for indentation, carry no start.
            var mark = malformed.Start.Index > 0 ? malformed.Start : malformed.End.Index > 0 ? malformed.End : tree.LastMark;
            mistakes.Add(tree.PlaceOf(mark), "", $"this is not YAML: {FirstClause(malformed)}", "correct the text near here");
        }
        catch (Exception malformed) when (malformed is ArgumentException or InvalidOperationException or IndexOutOfRangeException
            or FormatException or OverflowException)
        {
            // The scanner lets these out on some damaged escapes; the text is at fault, not the machine.
            mistakes.Add(tree.PlaceOf(tree.LastMark), "", "this is not YAML", "correct the text near here");
        }
        return null;
    }

    private Mark LastMark => parser.Current?.End ?? Mark.Empty;

    private static string FirstClause(YamlException malformed)
    {
        string message = Shown.OneLine((malformed.InnerException as YamlException ?? malformed).Message).Trim().TrimEnd('.');
        if (message.Length > 160) message = message[..160] + "…";
        return message.Length == 0 ? "it breaks off" : char.ToLowerInvariant(message[0]) + message[1..];
    }

    private SpecNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _)) return null;
        parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
            mistakes.Add(PlaceOf(second.Start), "", "a second document begins here", "put one spec in one file");
        return root;
    }

    private SpecNode ReadNode(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            mistakes.Add(PlaceOf(alias.Start), "", $"{Shown.As("*" + alias.Value.Value)} is an alias", "write the value out");
            return new BrokenNode(PlaceOf(alias.Start));
        }

        var node = parser.Consume<NodeEvent>();
        var place = PlaceOf(node.Start);
        if (depth > MaximumDepth) throw new TooDeepException(place);
        if (!node.Anchor.IsEmpty) mistakes.Add(place, "", $"{Shown.As("&" + node.Anchor.Value)} is an anchor", "remove it");
        if (!node.Tag.IsEmpty) mistakes.Add(place, "", $"{Shown.As(node.Tag.Value)} is a tag", "remove it");
        return node switch
        {
            Scalar scalar => new ScalarNode(place, scalar.Value, scalar.Style is ScalarStyle.Plain),
            SequenceStart => ReadList(place, depth),
            _ => ReadMap(place, depth),
        };
    }

    private ListNode ReadList(SpecPlace place, int depth)
    {
        List<SpecNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(depth + 1));
        return new ListNode(place, items);
    }

    private MapNode ReadMap(SpecPlace place, int depth)
    {
        List<MapEntry> entries = [];
        HashSet<string> seen = [];
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not ScalarNode { Text: var name })
            {
                if (key is not BrokenNode) mistakes.Add(key.Place, "", "this key is not a word", "keys are plain words");
            }
            else if (name == "<<")
                mistakes.Add(key.Place, name, "'<<' is a merge key", "write the keys out");
            else if (!seen.Add(name))
                mistakes.Add(key.Place, name, $"{Shown.As(name)} stands here a second time", "keep one of the two");
            else
                entries.Add(new MapEntry(key.Place, name, value));
        }
        return new MapNode(place, entries);
    }

    private SpecPlace PlaceOf(Mark mark) => origin.Order > 0
        ? origin
        : origin with { Line = (int)Math.Max(1, mark.Line), Column = (int)Math.Max(1, mark.Column) };

    private sealed class TooDeepException(SpecPlace place) : Exception
    {
        public SpecPlace Place { get; } = place;
    }
}
