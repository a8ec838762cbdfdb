namespace Sweeps.Grains.Specs;

/// <summary>A node of a spec's text, YAML or JSON, that knows where it stands.</summary>
internal abstract record SpecNode(SpecPlace Place);

/// <summary>
/// A scalar as written; <paramref name="IsPlain"/> when it was not quoted, so that it may be a number, true, false or null.
/// </summary>
internal sealed record ScalarNode(SpecPlace Place, string Text, bool IsPlain) : SpecNode(Place);

internal sealed record ListNode(SpecPlace Place, IReadOnlyList<SpecNode> Items) : SpecNode(Place);

internal sealed record MapNode(SpecPlace Place, IReadOnlyList<MapEntry> Entries) : SpecNode(Place);

/// <summary>A node whose mistake is reported already: readers pass over it in silence.</summary>
internal sealed record BrokenNode(SpecPlace Place) : SpecNode(Place);

/// <summary>One <c>key: value</c>; <paramref name="Place"/> is the key's.</summary>
internal sealed record MapEntry(SpecPlace Place, string Key, SpecNode Value);
