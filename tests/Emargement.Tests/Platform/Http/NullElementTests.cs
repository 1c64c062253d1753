using System.Text;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Tests.Platform.Http;

/// <summary>A list of the API has no holes, wherever it stands in a body.</summary>
public sealed class NullElementTests
{
    [Theory]
    [InlineData("{}", null)]
    [InlineData("{\"a\":null,\"b\":[1,\"null\",{\"c\":null}]}", null)]
    [InlineData("{\"items\":[null]}", "$.items[0]")]
    [InlineData("{\"a\":[],\"items\":[{\"x\":1},{\"y\":[2,null]}]}", "$.items[1].y[1]")]
    [InlineData("[[],[null]]", "$[1][0]")]
    [InlineData("[{\"a\":[1]},null]", "$[1]")]
    public void It_is_found_with_its_path(string json, string? path) => NullElement.In(Encoding.UTF8.GetBytes(json)).ShouldBe(path);
}
