using Emargement.Functions.Platform;
using Microsoft.Extensions.Hosting;

EmargementApp.CreateBuilder(args).Build().Run();
