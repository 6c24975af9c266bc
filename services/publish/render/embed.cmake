# Writes the files in FILES (a `;` list) into OUTPUT as C++ string constants, so
# that the binary needs nothing beside it.
file(WRITE ${OUTPUT}.new "#include \"publish/render/assets.h\"\n\nnamespace jixiao::publish {\n\nconst std::map<std::string, std::string_view>& Assets() {\n  static const std::map<std::string, std::string_view> kAssets = {\n")
foreach(path ${FILES})
  get_filename_component(name ${path} NAME)
  file(READ ${path} text)
  file(APPEND ${OUTPUT}.new "      {\"${name}\", R\"JIXIAO(")
  file(APPEND ${OUTPUT}.new "${text}")
  file(APPEND ${OUTPUT}.new ")JIXIAO\"},\n")
endforeach()
file(APPEND ${OUTPUT}.new "  };\n  return kAssets;\n}\n\n}  // namespace jixiao::publish\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})
