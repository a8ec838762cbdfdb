using Microsoft.AspNetCore.Http.Metadata;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api.Requests;

/// <summary>No more than a spec may have is read of a request's body.</summary>
internal sealed class SpecSizeLimit : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => SpecReader.MaximumBytes;
}
