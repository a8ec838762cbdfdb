using Sweeps.Grains.Specs;

namespace Sweeps.Silo.Settings;

/// <summary>The settings file: one YAML mapping of keys to single values.</summary>
internal static class SettingsFile
{
    private const int MaximumBytes = 1 << 16;

    /// <summary>Reads all that can be read; what is wrong is added to the mistakes with its line.</summary>
    public static Dictionary<SettingKey, GivenSetting> Read(string path, string origin, List<string> mistakes)
    {
        string text;
        try
        {
            using var stream = File.OpenRead(path);
            byte[] bytes = new byte[MaximumBytes + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaximumBytes)
            {
                mistakes.Add($"{origin}: {Shown.As(path)} is larger than {MaximumBytes} bytes; name a settings file");
                return [];
            }
            text = System.Text.Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistakes.Add($"{origin}: {Shown.As(path, 200)} cannot be read ({Shown.OneLine(refused.Message).TrimEnd('.')}); "
                + "name a file that can");
            return [];
        }
        var list = new MistakeList();
        Dictionary<SettingKey, GivenSetting> given = [];
        switch (YamlTree.Read(text, new SpecPlace(path), list))
        {
            case MapNode root:
                foreach (var entry in root.Entries) Take(entry, given, list);
                break;
            case null or BrokenNode or ScalarNode { IsPlain: true, Text: "" }:
                break; // empty, or a mistake that is told already
            case var other:
                list.Add(other.Place, "", $"the settings are {Kinds.Of(other)}, not keys and values", "begin with server: …");
                break;
        }
        mistakes.AddRange(list.InOrder().Select(mistake => mistake.ToString()));
        return given;
    }

    private static void Take(MapEntry entry, Dictionary<SettingKey, GivenSetting> given, MistakeList mistakes)
    {
        if (SettingKey.InFile.FirstOrDefault(key => key.Name == entry.Key) is not { } known)
            mistakes.Add(entry.Place, entry.Key, $"there is no setting {Shown.As(entry.Key)}",
                Suggestion.For(entry.Key, SettingKey.InFile.Select(key => key.Name)));
        else if (entry.Value is ScalarNode value)
        {
            if (CoreScalar.MeaningOf(value) is ScalarMeaning.Null) return;
            var place = value.Place;
            given.Add(known, new(value.Text, FormattableString.Invariant($"{place.Source}:{place.Line}:{place.Column}: {known.Name}"),
                SettingSource.File));
        }
        else if (entry.Value is not BrokenNode)
            mistakes.Add(entry.Value.Place, entry.Key, $"'{entry.Key}' has {Kinds.Of(entry.Value)} where a single value belongs",
                "write one value");
    }
}
