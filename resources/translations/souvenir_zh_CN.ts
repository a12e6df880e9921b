<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>AppearancePage</name>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Appearance</source>
            <translation>外观</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>As the system ({language})</source>
            <translation>跟随系统（{language}）</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>It is no percentage: photos from 0.50 on match, those below are less likely. The inspector always shows it.</source>
            <translation>它不是百分比：0.50 及以上的照片为匹配，低于此值的可能性较低。信息面板中始终显示该数字。</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Keep watching the folders, with an icon in the tray</source>
            <translation>继续监视文件夹，并在系统托盘显示图标</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Open it again now</source>
            <translation>立即重新打开</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Show on each photo how well it fits, as a number</source>
            <translation>在每张照片上用数字显示匹配程度</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>The window speaks another language when it is opened the next time.</source>
            <translation>窗口下次打开时会使用另一种语言。</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>This desktop has no tray.</source>
            <translation>此桌面没有系统托盘。</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>When photos are searched</source>
            <translation>搜索照片时</translation>
        </message>
        <message>
            <location filename="../../app/settings/appearance.py"></location>
            <source>When the window is closed</source>
            <translation>关闭窗口后</translation>
        </message>
    </context>
    <context>
        <name>Application</name>
        <message>
            <location filename="../../app/application.py"></location>
            <source>There is no label called “{name}”.</source>
            <translation>没有名为“{name}”的标签。</translation>
        </message>
    </context>
    <context>
        <name>BrowsePage</name>
        <message>
            <location filename="../../app/browse/page.py"></location>
            <source>Nothing selected</source>
            <translation>未选择</translation>
        </message>
    </context>
    <context>
        <name>BrowseWords</name>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>1 of them does not carry the label.</source>
            <translation>其中 1 张没有此标签。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>1 of them is less likely to match what you searched for.</source>
            <translation>其中 1 张与搜索内容匹配的可能性较低。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>1 photo carries it</source>
            <translation>1 张照片带有此标签</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Add folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>All photos</source>
            <translation>所有照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Also the less likely one</source>
            <translation>加上可能性较低的 1 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Also the one without it</source>
            <translation>加上没有此标签的 1 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Also the {n} less likely</source>
            <translation>加上可能性较低的 {n} 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Also the {n} without it</source>
            <translation>加上没有此标签的 {n} 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Clear search</source>
            <translation>清除搜索</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Copy photos into your folder, or add another folder.</source>
            <translation>将照片复制到您的文件夹中，或添加其他文件夹。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Drag photos onto its name at the left: their files stay where they are.</source>
            <translation>将照片拖到左侧的相册名称上，照片文件仍保留在原处。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Favourites</source>
            <translation>收藏</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>No clear match</source>
            <translation>没有明确匹配的照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>No favourites yet</source>
            <translation>还没有收藏</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>No photo carries it</source>
            <translation>没有照片带有此标签</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>No photos are like this one</source>
            <translation>没有与此相似的照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>No photos here</source>
            <translation>这里没有照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>No photos match</source>
            <translation>没有匹配的照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>No photos match “{query}”</source>
            <translation>没有照片与“{query}”匹配</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>None of them carries the label.</source>
            <translation>其中没有一张带有此标签。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>None of them clearly matches what you searched for.</source>
            <translation>其中没有一张与搜索内容明确匹配。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Nothing fits in {folder}.</source>
            <translation>“{folder}”中没有符合的照片。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Nothing here yet</source>
            <translation>这里还没有内容</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Nothing new</source>
            <translation>没有新照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Photos appear here as they are read. You can search meanwhile.</source>
            <translation>照片读取后会陆续出现在这里，期间可以搜索。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Photos are still being indexed: what fits appears here by itself.</source>
            <translation>照片仍在索引中，符合的照片会自动出现在这里。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Photos that fit appear here by themselves. Above, its search can be changed.</source>
            <translation>符合的照片会自动出现在这里。可在上方更改其搜索内容。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Photos that were added in the last 30 days appear here.</source>
            <translation>最近 30 天添加的照片会出现在这里。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Photos that you copy into this folder appear here by themselves.</source>
            <translation>复制到此文件夹的照片会自动出现在这里。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Plug its disk in, or mount it again: its photos appear by themselves.</source>
            <translation>请连接或重新挂载所在磁盘，照片会自动出现。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Recently added</source>
            <translation>最近添加</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Search all photos</source>
            <translation>搜索所有照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Select a photo and press F: the ones you mark as favourites are kept here.</source>
            <translation>选中照片后按 F 键，收藏的照片会保存在这里。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Select it</source>
            <translation>选择这 1 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Select these {n}</source>
            <translation>选择这 {n} 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Show all photos</source>
            <translation>显示所有照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>This album is empty</source>
            <translation>此相册是空的</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>This folder is offline</source>
            <translation>此文件夹已离线</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>Try other or fewer words, or take a filter away.</source>
            <translation>请换用其他词语、减少词语，或移除一个筛选条件。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>best rated first</source>
            <translation>评分从高到低</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>by name</source>
            <translation>按名称</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>by name, from Z to A</source>
            <translation>按名称，从 Z 到 A</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>by relevance</source>
            <translation>按相关度</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>first added first</source>
            <translation>最早添加的在前</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>in {folder}</source>
            <translation>位于“{folder}”</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>largest first</source>
            <translation>从大到小</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>last added first</source>
            <translation>最近添加的在前</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>least rated first</source>
            <translation>评分从低到高</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>newest first</source>
            <translation>从新到旧</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>oldest first</source>
            <translation>从旧到新</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>smallest first</source>
            <translation>从小到大</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>so far: {done} of {total} indexed</source>
            <translation>目前已索引 {done} / {total} 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>these come closest</source>
            <translation>以下照片最接近</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>{n} of them are less likely to match what you searched for.</source>
            <translation>其中 {n} 张与搜索内容匹配的可能性较低。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>{n} of them do not carry the label.</source>
            <translation>其中 {n} 张没有此标签。</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>{n} photos carry it</source>
            <translation>{n} 张照片带有此标签</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>{n} s</source>
            <translation>{n} 秒</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>{n} selected</source>
            <translation>已选择 {n} 张</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>{n} selected, {less} of them do not carry it</source>
            <translation>已选择 {n} 张，其中 {less} 张没有此标签</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>{n} selected, {less} of them less likely</source>
            <translation>已选择 {n} 张，其中 {less} 张可能性较低</translation>
        </message>
        <message>
            <location filename="../../app/browse/words.py"></location>
            <source>“{name}” finds no photos</source>
            <translation>“{name}”没有找到照片</translation>
        </message>
    </context>
    <context>
        <name>CachePage</name>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>Cache</source>
            <translation>缓存</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>Catalogue</source>
            <translation>目录</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>More of it keeps more photos at hand while you scroll back and forth.</source>
            <translation>内存越多，来回滚动时随时可用的照片就越多。</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>On the disk</source>
            <translation>磁盘占用</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>Search index</source>
            <translation>搜索索引</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>Thumbnails</source>
            <translation>缩略图</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>Thumbnails and the search index are made anew where they are missing. The catalogue holds your ratings, albums and titles.</source>
            <translation>缩略图和搜索索引缺失时会重新生成。目录中保存您的评分、相册和标题。</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>Thumbnails in memory</source>
            <translation>内存中的缩略图</translation>
        </message>
        <message>
            <location filename="../../app/settings/cache.py"></location>
            <source>{n} MB</source>
            <translation>{n} MB</translation>
        </message>
    </context>
    <context>
        <name>Chip</name>
        <message>
            <location filename="../../app/inspector/keywords.py"></location>
            <source>Remove {word}</source>
            <translation>移除“{word}”</translation>
        </message>
    </context>
    <context>
        <name>CollectionActions</name>
        <message>
            <location filename="../../app/sidebar/collection_actions.py"></location>
            <source>adding {photos} to an album</source>
            <translation>将 {photos}添加到相册</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/collection_actions.py"></location>
            <source>saving a search</source>
            <translation>保存搜索</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/collection_actions.py"></location>
            <source>updating a search</source>
            <translation>更新搜索</translation>
        </message>
    </context>
    <context>
        <name>Compare</name>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>100 %</source>
            <translation>100%</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Actual size, 100 %</source>
            <translation>实际大小，100%</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Back to the photos</source>
            <translation>返回照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Comparison</source>
            <translation>比较</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Down in the pictures</source>
            <translation>在图片中向下移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Fit</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Fit or actual size</source>
            <translation>适合窗口或实际大小</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Fit to the window</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Remove from the comparison</source>
            <translation>从比较中移除</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>The next of them, or right</source>
            <translation>下一张，或向右移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>The one before, or left</source>
            <translation>上一张，或向左移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Up in the pictures</source>
            <translation>在图片中向上移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>{n} %</source>
            <translation>{n}%</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare.py"></location>
            <source>{n} photos compared</source>
            <translation>正在比较 {n} 张照片</translation>
        </message>
    </context>
    <context>
        <name>ComparePane</name>
        <message>
            <location filename="../../app/viewer/compare_pane.py"></location>
            <source>1 star</source>
            <translation>1 星</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare_pane.py"></location>
            <source>Remove from the comparison</source>
            <translation>从比较中移除</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare_pane.py"></location>
            <source>Remove from the comparison (X)</source>
            <translation>从比较中移除（X）</translation>
        </message>
        <message>
            <location filename="../../app/viewer/compare_pane.py"></location>
            <source>{n} stars</source>
            <translation>{n} 星</translation>
        </message>
    </context>
    <context>
        <name>ContextMenu</name>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>Add to album</source>
            <translation>添加到相册</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>Add to album…</source>
            <translation>添加到相册…</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>Make album</source>
            <translation>创建相册</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>Name of the album</source>
            <translation>相册名称</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>New album</source>
            <translation>新建相册</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>New album…</source>
            <translation>新建相册…</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>Rating</source>
            <translation>评分</translation>
        </message>
        <message>
            <location filename="../../app/browse/context_menu.py"></location>
            <source>Remove from this album</source>
            <translation>从此相册移除</translation>
        </message>
    </context>
    <context>
        <name>DevicePage</name>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>A graphics card looks at photos many times faster than the processor.</source>
            <translation>显卡分析照片的速度比处理器快许多倍。</translation>
        </message>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>Apple graphics (MPS)</source>
            <translation>Apple 图形处理器（MPS）</translation>
        </message>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>Automatic: the fastest there is</source>
            <translation>自动：使用最快的设备</translation>
        </message>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>In use</source>
            <translation>正在使用</translation>
        </message>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>NVIDIA or AMD graphics card (CUDA)</source>
            <translation>NVIDIA 或 AMD 显卡（CUDA）</translation>
        </message>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>Processor (CPU)</source>
            <translation>处理器（CPU）</translation>
        </message>
        <message>
            <location filename="../../app/settings/device.py"></location>
            <source>The device is being changed…</source>
            <translation>正在更换设备…</translation>
        </message>
    </context>
    <context>
        <name>Dialog</name>
        <message>
            <location filename="../../app/widgets/dialog.py"></location>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source> px</source>
            <translation> 像素</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Change…</source>
            <translation>更改…</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Choose another folder</source>
            <translation>选择其他文件夹</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Export to</source>
            <translation>导出到</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Export {photos}</source>
            <translation>导出 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Full size</source>
            <translation>原始尺寸</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>JPEG</source>
            <translation>JPEG</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Keep, but not the place</source>
            <translation>保留，但去除拍摄地点</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Long side in pixels</source>
            <translation>长边像素</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Metadata</source>
            <translation>元数据</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Names</source>
            <translation>名称</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Original files</source>
            <translation>原始文件</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Original files are copied as they are, with all that is in them. Ratings, titles and keywords that you gave here are not written into them.</source>
            <translation>原文件按原样复制，保留其中的一切内容。您在这里给出的评分、标题和关键词不会写入其中。</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Other…</source>
            <translation>其他…</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>PNG</source>
            <translation>PNG</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Photos are exported upright and in sRGB, as they are shown here.</source>
            <translation>照片按此处显示的方向以 sRGB 色彩导出。</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Quality</source>
            <translation>质量</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Remove</source>
            <translation>去除</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Size</source>
            <translation>尺寸</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>This folder is not there: choose another one.</source>
            <translation>此文件夹不存在，请选择其他文件夹。</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>WebP</source>
            <translation>WebP</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>What is transparent becomes white. Of an animation, the first picture is exported.</source>
            <translation>透明部分变为白色。动画只导出第一幅画面。</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>What is transparent stays so, and animations keep moving.</source>
            <translation>透明部分保持透明，动画照样播放。</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>What is transparent stays so. Of an animation, the first picture is exported.</source>
            <translation>透明部分保持透明。动画只导出第一幅画面。</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>Your rating, title and keywords are written into the copies.</source>
            <translation>您的评分、标题和关键词会写入副本。</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>{n} px, long side</source>
            <translation>长边 {n} 像素</translation>
        </message>
        <message>
            <location filename="../../app/files/export_dialog.py"></location>
            <source>“{part}” cannot be filled in: use {placeholders}.</source>
            <translation>无法填入“{part}”：请使用 {placeholders}。</translation>
        </message>
    </context>
    <context>
        <name>Facts</name>
        <message>
            <location filename="../../app/inspector/parts.py"></location>
            <source>Copy {what}</source>
            <translation>复制{what}</translation>
        </message>
    </context>
    <context>
        <name>FileActions</name>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Already there: {files} of the same name</source>
            <translation>已有 {files}同名</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Copy to</source>
            <translation>复制到</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Copy to folder…</source>
            <translation>复制到文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Copying {photos} to “{folder}”</source>
            <translation>正在将 {photos}复制到“{folder}”</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Exporting {photos} to “{folder}”</source>
            <translation>正在将 {photos}导出到“{folder}”</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Move to</source>
            <translation>移动到</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Move to folder…</source>
            <translation>移动到文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Move to trash</source>
            <translation>移到回收站</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Move {photos} out of the library?</source>
            <translation>要将 {photos}移出图库吗？</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Move {photos} to the trash?</source>
            <translation>要将 {photos}移到回收站吗？</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Moving {photos} to the trash</source>
            <translation>正在将 {photos}移到回收站</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Moving {photos} to “{folder}”</source>
            <translation>正在将 {photos}移动到“{folder}”</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Nothing is overwritten: of these names, the newcomers get a number, as in “IMG_1 (2).jpg”.</source>
            <translation>不会覆盖任何文件，同名的新文件会加上编号，例如“IMG_1 (2).jpg”。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>Renaming {files}</source>
            <translation>正在重命名 {files}</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>The disk of this photo is not here: plug it in first.</source>
            <translation>此照片所在的磁盘未连接，请先连接。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>They can come back from there.</source>
            <translation>可以从那里还原。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>copying {photos}</source>
            <translation>复制 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>moving {photos}</source>
            <translation>移动 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>moving {photos} to the trash</source>
            <translation>将 {photos}移到回收站</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>renaming {files}</source>
            <translation>重命名 {files}</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>{files} go to the trash of the system, and can come back from there.</source>
            <translation>{files}将移到系统回收站，可以从那里还原。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>{files} moved to the trash.</source>
            <translation>已将 {files}移到回收站。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>{files} renamed.</source>
            <translation>已重命名 {files}。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>{photos} copied to “{folder}”.</source>
            <translation>已将 {photos}复制到“{folder}”。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>{photos} exported to “{folder}”.</source>
            <translation>已将 {photos}导出到“{folder}”。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>{photos} moved to “{folder}”.</source>
            <translation>已将 {photos}移动到“{folder}”。</translation>
        </message>
        <message>
            <location filename="../../app/files/actions.py"></location>
            <source>“{folder}” is not a folder of this library: photos that go there are no longer shown here. What you said of them is kept until you add that folder.</source>
            <translation>“{folder}”不属于此图库：移到那里的照片不再显示在这里。您对它们的评分和标注会保留，直到您添加该文件夹。</translation>
        </message>
    </context>
    <context>
        <name>FilePanel</name>
        <message>
            <location filename="../../app/files/panel.py"></location>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="../../app/files/panel.py"></location>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../app/files/panel.py"></location>
            <source>Details</source>
            <translation>详细信息</translation>
        </message>
        <message>
            <location filename="../../app/files/panel.py"></location>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../app/files/panel.py"></location>
            <source>What could not be done</source>
            <translation>未能完成的项目</translation>
        </message>
        <message>
            <location filename="../../app/files/panel.py"></location>
            <source>{n} of {total}</source>
            <translation>{n} / {total}</translation>
        </message>
    </context>
    <context>
        <name>FileWork</name>
        <message>
            <location filename="../../app/files/work.py"></location>
            <source>Cancelled: {n} of {total} were done.</source>
            <translation>已取消：完成了 {n} / {total} 项。</translation>
        </message>
        <message>
            <location filename="../../app/files/work.py"></location>
            <source>Moving files</source>
            <translation>正在移动文件</translation>
        </message>
        <message>
            <location filename="../../app/files/work.py"></location>
            <source>{n} of {total} were done.</source>
            <translation>完成了 {n} / {total} 项。</translation>
        </message>
    </context>
    <context>
        <name>Filmstrip</name>
        <message>
            <location filename="../../app/viewer/filmstrip.py"></location>
            <source>Filmstrip</source>
            <translation>胶片栏</translation>
        </message>
    </context>
    <context>
        <name>FirstStart</name>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>1 photo</source>
            <translation>1 张照片</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>About {n} photos</source>
            <translation>约 {n} 张照片</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>Change…</source>
            <translation>更改…</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>Looking…</source>
            <translation>正在查找…</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>More than {n} photos</source>
            <translation>超过 {n} 张照片</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>No photos there yet</source>
            <translation>那里还没有照片</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>Souvenir looks at them once, here on your computer, and then finds each by what is in it. Nothing leaves this computer, and your files are never changed.</source>
            <translation>Souvenir 在您的电脑上将每张照片分析一次，之后便可按画面内容找到它。任何内容都不会离开这台电脑，您的文件也绝不会被更改。</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>Start with the folder {path}</source>
            <translation>从文件夹 {path} 开始</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>Where are your photos?</source>
            <translation>您的照片在哪里？</translation>
        </message>
        <message>
            <location filename="../../app/window/first_start.py"></location>
            <source>You can also drag a folder here. More folders can follow later.</source>
            <translation>也可以将文件夹拖到这里，以后还能添加更多文件夹。</translation>
        </message>
    </context>
    <context>
        <name>FolderActions</name>
        <message>
            <location filename="../../app/sidebar/folder_actions.py"></location>
            <source>Choose a folder of photos</source>
            <translation>选择照片文件夹</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/folder_actions.py"></location>
            <source>Is “{name}” the same folder, on another disk?</source>
            <translation>“{name}”是同一个文件夹，只是换了磁盘吗？</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/folder_actions.py"></location>
            <source>Its {photos} leave the library. The files stay where they are, and your ratings come back if you add the folder again.</source>
            <translation>其中的 {photos}将从图库中移除。文件仍保留在原处；重新添加此文件夹后，您的评分会恢复。</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/folder_actions.py"></location>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/folder_actions.py"></location>
            <source>Remove “{name}” from Souvenir?</source>
            <translation>要从 Souvenir 中移除“{name}”吗？</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/folder_actions.py"></location>
            <source>Say yes if its photos were copied or restored to the disk that is in {folder} now. They keep your ratings and albums. Photos that are not on that disk leave the library, and come back with their ratings if their files do.</source>
            <translation>如果照片已复制或恢复到现在位于 {folder} 的磁盘上，请选择“是”。照片会保留您的评分和相册。不在该磁盘上的照片将从图库中移除；文件回来后，照片会连同评分一起恢复。</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/folder_actions.py"></location>
            <source>Yes, the same folder</source>
            <translation>是，同一个文件夹</translation>
        </message>
    </context>
    <context>
        <name>FoldersPage</name>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>A name such as *.tmp or private, or a whole path</source>
            <translation>名称（如 *.tmp 或 private）或完整路径</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Add folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Changes in folders</source>
            <translation>文件夹中的更改</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Files and folders of that name are not looked at, wherever they are; * stands for anything. Photos that are left out leave the library; the files stay.</source>
            <translation>无论位于何处，同名的文件和文件夹都会被忽略；* 代表任意字符。被排除的照片会从图库中移除，文件仍会保留。</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Folders</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Left out</source>
            <translation>排除</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Look through all folders every minute</source>
            <translation>每分钟检查所有文件夹</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>New rule</source>
            <translation>新规则</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>On another disk…</source>
            <translation>已换磁盘…</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Only for disks whose changes are not noticed, such as some network disks: it keeps them busy.</source>
            <translation>仅用于无法察觉更改的磁盘，例如某些网络磁盘；这会使磁盘持续工作。</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Remove…</source>
            <translation>移除…</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Rules for what is left out</source>
            <translation>排除规则</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Watched folders</source>
            <translation>监视的文件夹</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>Write tags…</source>
            <translation>写入标签…</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>{facts}: on the disk {disk}</source>
            <translation>{facts}：位于磁盘 {disk}</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>{path} ({facts})</source>
            <translation>{path}（{facts}）</translation>
        </message>
        <message>
            <location filename="../../app/settings/folders.py"></location>
            <source>{photos}, offline</source>
            <translation>{photos}，离线</translation>
        </message>
    </context>
    <context>
        <name>GatherActions</name>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Copying {photos} to “{folder}”</source>
            <translation>正在将 {photos}复制到“{folder}”</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Linking to {photos} in “{folder}”</source>
            <translation>正在“{folder}”中链接 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>copying “{name}” into a folder</source>
            <translation>将“{name}”复制到文件夹</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>linking “{name}” into a folder</source>
            <translation>将“{name}”链接到文件夹</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} copied to “{folder}”.</source>
            <translation>已将 {photos}复制到“{folder}”。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} linked to in “{folder}”.</source>
            <translation>已在“{folder}”中链接 {photos}。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>“{name}” has no photos.</source>
            <translation>“{name}”没有照片。</translation>
        </message>
    </context>
    <context>
        <name>GatherDialog</name>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>1 name is taken: nothing is overwritten, the newcomer gets a number.</source>
            <translation>1 个名称已被占用：不会覆盖任何文件，新来的会加上编号。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Change…</source>
            <translation>更改…</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Choose another folder</source>
            <translation>选择其他文件夹</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Copies</source>
            <translation>副本</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Files of their own: what becomes of the photos here does not touch them.</source>
            <translation>独立的文件：这里的照片如何变化都与它们无关。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Hard links</source>
            <translation>硬链接</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Link</source>
            <translation>链接</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Looking at the folder…</source>
            <translation>正在查看文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Put into</source>
            <translation>放入</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Put {photos} of “{name}” into a folder</source>
            <translation>将“{name}”的 {photos}放入文件夹</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Signposts to the files: they need no room and lead to other disks too, and lead nowhere once a photo is moved or renamed.</source>
            <translation>指向文件的路标：不占空间，也可指向其他磁盘；照片移动或改名后便会失效。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>Symbolic links</source>
            <translation>符号链接</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>The same files under one more name: they need no room, and what is changed in one place is changed in both. On the same disk only.</source>
            <translation>同一文件再多一个名称：不占空间，一处修改，两处皆变。仅限同一磁盘。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>This folder is part of the library: each photo has two files then.</source>
            <translation>此文件夹属于图库：之后每张照片会有两个文件。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{n} names are taken: nothing is overwritten, newcomers get a number.</source>
            <translation>{n} 个名称已被占用：不会覆盖任何文件，新来的会加上编号。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} left out: the disk is not here.</source>
            <translation>略过 {photos}：其磁盘未连接。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} on another disk than this folder: no hard link leads there, so they are left out.</source>
            <translation>{photos}与此文件夹不在同一磁盘：硬链接无法跨磁盘，因此略过。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} on another disk: the links work while that is connected.</source>
            <translation>{photos}在另一磁盘：该磁盘连接时链接才有效。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} will be copied.</source>
            <translation>将复制 {photos}。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} will be linked to.</source>
            <translation>将链接到 {photos}。</translation>
        </message>
        <message>
            <location filename="../../app/files/gathering.py"></location>
            <source>{photos} will get one more name there.</source>
            <translation>{photos}将在那里多一个名称。</translation>
        </message>
    </context>
    <context>
        <name>GridCanvas</name>
        <message>
            <location filename="../../app/grid/canvas.py"></location>
            <source>below the line: 1 less likely photo</source>
            <translation>以下 1 张照片匹配的可能性较低</translation>
        </message>
        <message>
            <location filename="../../app/grid/canvas.py"></location>
            <source>below the line: {n} less likely photos</source>
            <translation>以下 {n} 张照片匹配的可能性较低</translation>
        </message>
    </context>
    <context>
        <name>GridView</name>
        <message>
            <location filename="../../app/grid/view.py"></location>
            <source>Photos</source>
            <translation>照片</translation>
        </message>
    </context>
    <context>
        <name>HandOver</name>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>Copy picture</source>
            <translation>复制图片</translation>
        </message>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>Find similar photos</source>
            <translation>查找相似照片</translation>
        </message>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>No program opens {name}: choose one in the file manager.</source>
            <translation>没有程序可以打开 {name}，请在文件管理器中选择程序。</translation>
        </message>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>Open in another program</source>
            <translation>用其他程序打开</translation>
        </message>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <location filename="../../app/files/hand_over.py"></location>
            <source>The disk of this photo is not here: plug it in first.</source>
            <translation>此照片所在的磁盘未连接，请先连接。</translation>
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <location filename="../../app/window/header.py"></location>
            <source>Menu (Alt+M)</source>
            <translation>菜单（Alt+M）</translation>
        </message>
        <message>
            <location filename="../../app/window/header.py"></location>
            <source>Save search</source>
            <translation>保存搜索</translation>
        </message>
        <message>
            <location filename="../../app/window/header.py"></location>
            <source>Souvenir: menu</source>
            <translation>Souvenir：菜单</translation>
        </message>
        <message>
            <location filename="../../app/window/header.py"></location>
            <source>Update search</source>
            <translation>更新搜索</translation>
        </message>
        <message>
            <location filename="../../app/window/header.py"></location>
            <source>{what} (Ctrl+S)</source>
            <translation>{what}（Ctrl+S）</translation>
        </message>
    </context>
    <context>
        <name>Heading</name>
        <message>
            <location filename="../../app/browse/heading.py"></location>
            <source>Looking…</source>
            <translation>正在查找…</translation>
        </message>
    </context>
    <context>
        <name>ImportDialog</name>
        <message>
            <location filename="../../app/settings/model_import.py"></location>
            <source>Architecture</source>
            <translation>架构</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_import.py"></location>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_import.py"></location>
            <source>Import a model</source>
            <translation>导入模型</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_import.py"></location>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_import.py"></location>
            <source>{file} is checked and copied. The architecture is one that open_clip knows, such as ViT-B-32; leave it empty if an open_clip_config.json lies beside the file.</source>
            <translation>将检查并复制 {file}。架构须为 open_clip 已知的架构，例如 ViT-B-32；如果文件旁有 open_clip_config.json，则可留空。</translation>
        </message>
    </context>
    <context>
        <name>Inspector</name>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Add a title</source>
            <translation>添加标题</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Changes apply to all of them</source>
            <translation>更改将应用于所有选中的照片</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Favourite</source>
            <translation>收藏</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Inspector</source>
            <translation>信息面板</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Keywords</source>
            <translation>关键字</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Mark as favourite</source>
            <translation>标记为收藏</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>This photo is gone</source>
            <translation>此照片已不存在</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>Various titles</source>
            <translation>多个标题</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>adding “{word}” to {photos}</source>
            <translation>为 {photos}添加“{word}”</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>changing the title of {photos}</source>
            <translation>更改 {photos}的标题</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>marking {photos} as favourite</source>
            <translation>收藏 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>rating {photos}</source>
            <translation>为 {photos}评分</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>removing “{word}” from {photos}</source>
            <translation>从 {photos}中移除“{word}”</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>taking stars off {photos}</source>
            <translation>清除 {photos}的评分</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>unmarking {photos} as favourite</source>
            <translation>取消收藏 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/inspector/inspector.py"></location>
            <source>{photos} selected</source>
            <translation>已选择 {photos}</translation>
        </message>
    </context>
    <context>
        <name>InspectorLabels</name>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>+ label</source>
            <translation>+ 标签</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>Tag by hand with another label</source>
            <translation>手动添加另一个标签</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>{n} more</source>
            <translation>还有 {n} 个</translation>
        </message>
    </context>
    <context>
        <name>KeyboardPage</name>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>All as usual…</source>
            <translation>全部恢复默认…</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Choose a command, then press its new keys.</source>
            <translation>选择一个命令，然后按下新的快捷键。</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Command</source>
            <translation>命令</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Commands and their keys</source>
            <translation>命令及其快捷键</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Find a command or a key</source>
            <translation>查找命令或快捷键</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Give all usual keys</source>
            <translation>全部恢复默认</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Give every command its usual keys?</source>
            <translation>要将所有命令恢复为默认快捷键吗？</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Keyboard</source>
            <translation>键盘</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Keys</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>New keys</source>
            <translation>新快捷键</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>No keys</source>
            <translation>无快捷键</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Press the new keys for “{command}”.</source>
            <translation>请按下“{command}”的新快捷键。</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>The keys that you chose are forgotten.</source>
            <translation>您自定义的快捷键将被清除。</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>These keys are those of “{other}”, which loses them.</source>
            <translation>此快捷键属于“{other}”，使用后将从该命令移除。</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Use</source>
            <translation>使用</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>Usual keys</source>
            <translation>恢复默认</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../app/settings/keyboard.py"></location>
            <source>{keys} (changed)</source>
            <translation>{keys}（已更改）</translation>
        </message>
    </context>
    <context>
        <name>Keywords</name>
        <message>
            <location filename="../../app/inspector/keywords.py"></location>
            <source>Add a keyword</source>
            <translation>添加关键字</translation>
        </message>
        <message>
            <location filename="../../app/inspector/keywords.py"></location>
            <source>{n} of {photos}</source>
            <translation>{photos}中的 {n} 张</translation>
        </message>
    </context>
    <context>
        <name>LabelActions</name>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>Before you switch this on</source>
            <translation>打开之前</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>Label</source>
            <translation>标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>Label “{name}” is removed. Its photos stay in the library.</source>
            <translation>标签“{name}”已移除，其照片仍留在图库中。</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>New label…</source>
            <translation>新建标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>Remove label</source>
            <translation>移除标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>Remove the label “{name}”?</source>
            <translation>要移除标签“{name}”吗？</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>Switch on</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>What you said of 1 photo by hand is removed with it.</source>
            <translation>您对 1 张照片的手动标注会一并移除。</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>What you said of {n} photos by hand is removed with it.</source>
            <translation>您对 {n} 张照片的手动标注会一并移除。</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>You can undo this until you quit.</source>
            <translation>退出之前可以撤销。</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>adding {n} labels</source>
            <translation>添加 {n} 个标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>changing “{name}”</source>
            <translation>更改“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>moving the line of “{name}”</source>
            <translation>移动“{name}”的界线</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>new label “{name}”</source>
            <translation>新建标签“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>refusing “{label}” for {photos}</source>
            <translation>否认{photos}的“{label}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>removing label “{name}”</source>
            <translation>移除标签“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>renaming “{name}”</source>
            <translation>重命名“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>switching {n} labels off</source>
            <translation>关闭 {n} 个标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>switching {n} labels on</source>
            <translation>打开 {n} 个标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>switching “{name}” off</source>
            <translation>关闭“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>switching “{name}” on</source>
            <translation>打开“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>tagging {photos} “{label}”</source>
            <translation>为{photos}加上“{label}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/actions.py"></location>
            <source>taking back what was said of {photos} and “{label}”</source>
            <translation>收回对{photos}与“{label}”的标注</translation>
        </message>
    </context>
    <context>
        <name>LabelChooser</name>
        <message>
            <location filename="../../app/labels/chooser.py"></location>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/chooser.py"></location>
            <source>Name of a label</source>
            <translation>标签名称</translation>
        </message>
    </context>
    <context>
        <name>LabelDivider</name>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>Line of the label, between photos</source>
            <translation>标签的界线（照片之间）</translation>
        </message>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>Pull the line down to take in more photos, up to take in fewer: photo by photo.</source>
            <translation>向下拖动界线纳入更多照片，向上则减少，每次一张。</translation>
        </message>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>drag the line</source>
            <translation>拖动界线</translation>
        </message>
    </context>
    <context>
        <name>LabelEditor</name>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Add label</source>
            <translation>添加标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Before: {photos}</source>
            <translation>之前：{photos}</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Cancel (Esc)</source>
            <translation>取消（Esc）</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Change “{name}”</source>
            <translation>更改“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Come in</source>
            <translation>新纳入</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Come in: {n}</source>
            <translation>新纳入：{n}</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Describe in words what the photos of this label show.</source>
            <translation>请用文字描述此标签的照片里有什么。</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Found before</source>
            <translation>之前找到的</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Found now</source>
            <translation>现在找到的</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Go out</source>
            <translation>移出</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Go out: {n}</source>
            <translation>移出：{n}</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Just below the line</source>
            <translation>界线之下</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>New label</source>
            <translation>新建标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Now: {photos}</source>
            <translation>现在：{photos}</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Now: …</source>
            <translation>现在：…</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>Save (Ctrl+Return)</source>
            <translation>保存（Ctrl+Return）</translation>
        </message>
        <message>
            <location filename="../../app/labels/editor.py"></location>
            <source>What it finds is shown here while you write.</source>
            <translation>输入时，找到的照片会显示在这里。</translation>
        </message>
    </context>
    <context>
        <name>LabelExchange</name>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>Add labels</source>
            <translation>添加标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>All labels of {file} are here already.</source>
            <translation>{file} 中的标签都已存在。</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>Before you add these labels</source>
            <translation>添加这些标签之前</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>Export labels</source>
            <translation>导出标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>Export tags</source>
            <translation>导出标签数据</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>Import labels</source>
            <translation>导入标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>Labels (*.toml *.csv)</source>
            <translation>标签 (*.toml *.csv)</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>Tables (*.csv)</source>
            <translation>表格 (*.csv)</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>The tags are written to {file}.</source>
            <translation>标签数据已写入 {file}。</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>{n} labels are written to {file}.</source>
            <translation>已将 {n} 个标签写入 {file}。</translation>
        </message>
        <message>
            <location filename="../../app/labels/exchange.py"></location>
            <source>{n} labels of {file} were here already and stay as they are.</source>
            <translation>{file} 中有 {n} 个标签已存在，保持不变。</translation>
        </message>
    </context>
    <context>
        <name>LabelForm</name>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>+ Another description</source>
            <translation>+ 另一条描述</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>+ Another one</source>
            <translation>+ 再加一条</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>+ Another phrasing</source>
            <translation>+ 另一种句式</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>But not</source>
            <translation>但不是</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Counter-prompt</source>
            <translation>反向描述</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Exactly one label of the group fits</source>
            <translation>组内恰有一个标签符合</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Group of which exactly one fits</source>
            <translation>恰有一个符合的组</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Name of the label</source>
            <translation>标签的名称</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Only among photos of</source>
            <translation>仅限于以下标签的照片</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Phrasing, {} stands for the description</source>
            <translation>句式，{} 代表描述</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Phrasings</source>
            <translation>句式</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Prompt</source>
            <translation>描述</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>What its photos show</source>
            <translation>照片里有什么</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>all photos</source>
            <translation>所有照片</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>none: it is judged alone</source>
            <translation>无：单独判断</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>receipt, our red tent, heron …</source>
            <translation>收据、我们的红帐篷、苍鹭…</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>the usual ones, or: a blurry photo of {}</source>
            <translation>使用通常句式，或：a blurry photo of {}</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>what looks alike and is not meant</source>
            <translation>看起来相似但不是所指的</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>what the name says</source>
            <translation>如名称所示</translation>
        </message>
    </context>
    <context>
        <name>LabelHead</name>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>+ prompt</source>
            <translation>+ 描述</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>Change the prompts</source>
            <translation>更改描述</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>More about this label</source>
            <translation>此标签的更多操作</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>Say yes or no to the photos whose answer helps most: the label learns at once.</source>
            <translation>对最有帮助的照片回答是或否，标签会立即学习。</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>Teach</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>{n} more prompts</source>
            <translation>还有 {n} 条描述</translation>
        </message>
    </context>
    <context>
        <name>LabelLine</name>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>Label {what}</source>
            <translation>标签 {what}</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>No, “{label}” does not fit</source>
            <translation>否，“{label}”不符合</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>Show its photos</source>
            <translation>显示其照片</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>Yes, “{label}” fits</source>
            <translation>是，“{label}”符合</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>by hand</source>
            <translation>手动</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>by itself</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>not carried</source>
            <translation>未带有</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>refused by hand</source>
            <translation>已手动否认</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>relevance {n}</source>
            <translation>相关度 {n}</translation>
        </message>
        <message>
            <location filename="../../app/inspector/labels.py"></location>
            <source>{n} of {photos}</source>
            <translation>{photos}中的 {n} 张</translation>
        </message>
    </context>
    <context>
        <name>LabelPanel</name>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>1 correction</source>
            <translation>1 处更正</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>Just above the line</source>
            <translation>界线之上</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>Just below the line</source>
            <translation>界线之下</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>No photo is above the line: drag it to the left.</source>
            <translation>界线之上没有照片：请向左拖动。</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>No photo is below the line.</source>
            <translation>界线之下没有照片。</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>Switch on</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>Switched off: photos carry it only where you said so by hand.</source>
            <translation>已关闭：只有您手动标注的照片带有此标签。</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>Y keeps, N refuses</source>
            <translation>按 Y 保留，按 N 排除</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>learning…</source>
            <translation>正在学习…</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>{n} corrections</source>
            <translation>{n} 处更正</translation>
        </message>
        <message>
            <location filename="../../app/labels/panel.py"></location>
            <source>{relevance} and above: {photos}</source>
            <translation>{relevance} 及以上：{photos}</translation>
        </message>
    </context>
    <context>
        <name>LabelParts</name>
        <message>
            <location filename="../../app/labels/parts.py"></location>
            <source>Before you switch this on</source>
            <translation>打开之前</translation>
        </message>
        <message>
            <location filename="../../app/labels/parts.py"></location>
            <source>It is not saved: the sentence above says why.</source>
            <translation>未能保存：原因见上方提示。</translation>
        </message>
        <message>
            <location filename="../../app/labels/parts.py"></location>
            <source>Label for {photos}</source>
            <translation>为 {photos}选择标签</translation>
        </message>
    </context>
    <context>
        <name>LabelReview</name>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>1 photo carries it now</source>
            <translation>现在有 1 张照片带有此标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>; by the last answer {more}</source>
            <translation>；上一个回答：{more}</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Choosing photos…</source>
            <translation>正在挑选照片…</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Does “{name}” fit this photo?</source>
            <translation>“{name}”符合这张照片吗？</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Judge more</source>
            <translation>继续判断</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Learned from 1 answer</source>
            <translation>已从 1 个回答中学习</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Learned from {n} answers</source>
            <translation>已从 {n} 个回答中学习</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>No</source>
            <translation>否</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Nothing to judge</source>
            <translation>没有可判断的照片</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Photos are proposed here once some of your library are indexed.</source>
            <translation>图库中有照片完成索引后，会在这里提出供您判断。</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Photos cannot be proposed</source>
            <translation>无法提出照片</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Photos judged of those proposed</source>
            <translation>已判断的照片</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Show its photos</source>
            <translation>显示其照片</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Teach “{name}”</source>
            <translation>训练“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Undo the last answer</source>
            <translation>撤销上一个回答</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>Yes</source>
            <translation>是</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>{n} of {total}</source>
            <translation>第 {n} 张，共 {total} 张</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>{photos} carry it now</source>
            <translation>现在有 {photos}带有此标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/review.py"></location>
            <source>{what} ({key})</source>
            <translation>{what}（{key}）</translation>
        </message>
    </context>
    <context>
        <name>LabelScale</name>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>All photos by how well they fit: taller bars are more photos (by logarithm).
Drag the line, or move it with the arrow keys; Home and End go to the ends.</source>
            <translation>所有照片按符合程度排列：柱越高照片越多（对数刻度）。
拖动界线，或用方向键移动；Home 和 End 移到两端。</translation>
        </message>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>Left and right move it by relevance, up and down photo by photo.</source>
            <translation>左右键按相关度移动，上下键逐张移动。</translation>
        </message>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>Line of the label, on the histogram of the library</source>
            <translation>标签的界线（图库直方图上）</translation>
        </message>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>certain</source>
            <translation>确定</translation>
        </message>
        <message>
            <location filename="../../app/labels/line.py"></location>
            <source>unlikely</source>
            <translation>不太可能</translation>
        </message>
    </context>
    <context>
        <name>LabelSetsDialog</name>
        <message>
            <location filename="../../app/labels/sets.py"></location>
            <source>Before you switch this on</source>
            <translation>打开之前</translation>
        </message>
        <message>
            <location filename="../../app/labels/sets.py"></location>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../app/labels/sets.py"></location>
            <source>Label sets</source>
            <translation>标签集</translation>
        </message>
        <message>
            <location filename="../../app/labels/sets.py"></location>
            <source>Labels to begin with. Each has its line and its words, which you can change; what is switched off keeps what you said by hand.</source>
            <translation>可供起步的标签。每个标签都有可更改的界线和描述；关闭后，您的手动标注会保留。</translation>
        </message>
        <message>
            <location filename="../../app/labels/sets.py"></location>
            <source>Switch on</source>
            <translation>打开</translation>
        </message>
    </context>
    <context>
        <name>LabelTiles</name>
        <message>
            <location filename="../../app/labels/tiles.py"></location>
            <source>refused by hand</source>
            <translation>已手动否认</translation>
        </message>
        <message>
            <location filename="../../app/labels/tiles.py"></location>
            <source>relevance {n}</source>
            <translation>相关度 {n}</translation>
        </message>
        <message>
            <location filename="../../app/labels/tiles.py"></location>
            <source>tagged by hand</source>
            <translation>已手动添加</translation>
        </message>
        <message>
            <location filename="../../app/labels/tiles.py"></location>
            <source>{n} of {total}</source>
            <translation>第 {n} 张，共 {total} 张</translation>
        </message>
    </context>
    <context>
        <name>LoginStart</name>
        <message>
            <location filename="../../app/desktop/login_start.py"></location>
            <source>Start when I log in, in the tray</source>
            <translation>登录时启动，停在托盘中</translation>
        </message>
        <message>
            <location filename="../../app/desktop/login_start.py"></location>
            <source>{file} cannot be changed ({reason}): see to it that the folder is yours.</source>
            <translation>无法更改 {file}（{reason}）：请确认该文件夹属于您。</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <location filename="../../app/window/window.py"></location>
            <source>The library cannot be opened</source>
            <translation>无法打开图库</translation>
        </message>
        <message>
            <location filename="../../app/window/window.py"></location>
            <source>The library cannot be written</source>
            <translation>图库无法写入</translation>
        </message>
        <message>
            <location filename="../../app/window/window.py"></location>
            <source>The library is in use</source>
            <translation>图库正在使用中</translation>
        </message>
    </context>
    <context>
        <name>MessagePage</name>
        <message>
            <location filename="../../app/window/pages.py"></location>
            <source>Open to look and search only</source>
            <translation>打开，仅供查看和搜索</translation>
        </message>
        <message>
            <location filename="../../app/window/pages.py"></location>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
    </context>
    <context>
        <name>MissingNames</name>
        <message>
            <location filename="../../app/search/missing_names.py"></location>
            <source>Search for “{name}”</source>
            <translation>搜索“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/search/missing_names.py"></location>
            <source>There is no album called “{name}”. Perhaps “{near}” is meant.</source>
            <translation>没有名为“{name}”的相册。您要找的可能是“{near}”。</translation>
        </message>
        <message>
            <location filename="../../app/search/missing_names.py"></location>
            <source>There is no album called “{name}”: the albums there are stand at the left.</source>
            <translation>没有名为“{name}”的相册：现有的相册列在左侧。</translation>
        </message>
        <message>
            <location filename="../../app/search/missing_names.py"></location>
            <source>There is no label called “{name}”. Perhaps “{near}” is meant.</source>
            <translation>没有名为“{name}”的标签。您要找的可能是“{near}”。</translation>
        </message>
        <message>
            <location filename="../../app/search/missing_names.py"></location>
            <source>There is no label called “{name}”: the labels there are stand at the left.</source>
            <translation>没有名为“{name}”的标签：现有的标签列在左侧。</translation>
        </message>
    </context>
    <context>
        <name>ModelFacts</name>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Can be measured once it is installed</source>
            <translation>安装后可以测量</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Chinese</source>
            <translation>中文</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Czech</source>
            <translation>捷克语</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>English</source>
            <translation>英语</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>French</source>
            <translation>法语</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>German</source>
            <translation>德语</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Languages</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Licence</source>
            <translation>许可</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Needs</source>
            <translation>需要</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Not measured on this computer yet</source>
            <translation>尚未在这台电脑上测量</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Published scores</source>
            <translation>公布的成绩</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>See its source</source>
            <translation>见其来源</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Speed here</source>
            <translation>本机速度</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>The Python package “{package}”, which is not installed here: install it with pip, then start Souvenir again</source>
            <translation>Python 包“{package}”，此处未安装：请用 pip 安装后重新启动 Souvenir</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>The right photo comes first for its caption: {found} (from {source})</source>
            <translation>按说明文字查找时，正确的照片排在第一位的比例：{found}（来自 {source}）</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>{languages} and about 100 more</source>
            <translation>{languages}以及约 100 种其他语言</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>{photos} photos a second, {text} ms for a query, on {device}; measured {day}</source>
            <translation>每秒 {photos} 张照片，每次查询 {text} 毫秒，使用 {device}；测量于 {day}</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>{share} % of {data}</source>
            <translation>{data} {share}%</translation>
        </message>
    </context>
    <context>
        <name>ModelPage</name>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>A file…</source>
            <translation>文件…</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>A folder…</source>
            <translation>文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Choose a model file</source>
            <translation>选择模型文件</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Choose a model's folder</source>
            <translation>选择模型所在的文件夹</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Discard download</source>
            <translation>丢弃已下载部分</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Download</source>
            <translation>下载</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Downloading {model}…</source>
            <translation>正在下载 {model}…</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Downloads go by these addresses from now on.</source>
            <translation>从现在起，下载会使用这些地址。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Go on downloading</source>
            <translation>继续下载</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>It frees {size}. What it found out about your photos is kept.</source>
            <translation>将释放 {size} 空间。它对照片的分析结果会保留。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Measure speed</source>
            <translation>测量速度</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Models {kinds}</source>
            <translation>模型 {kinds}</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Paused: it goes on from there, also after the next start.</source>
            <translation>已暂停：之后会从中断处继续，重新启动后也一样。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Remove the model {model}?</source>
            <translation>要移除模型 {model} 吗？</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Remove…</source>
            <translation>移除…</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_facts.py"></location>
            <source>Starter model</source>
            <translation>入门模型</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>The model is being changed…</source>
            <translation>正在更换模型…</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>The model is being checked and copied…</source>
            <translation>正在检查并复制模型…</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>The model is removed.</source>
            <translation>模型已移除。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>The model is what understands photos and words. A better one finds more, and takes longer to look at every photo once.</source>
            <translation>模型用于理解照片和文字。更好的模型能找到更多照片，但分析每张照片所需的时间更长。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>The speed is being measured: this takes some seconds…</source>
            <translation>正在测量速度：需要几秒钟…</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Use this model</source>
            <translation>使用此模型</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>Where downloads come from</source>
            <translation>从哪里下载</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>answers until the new one is ready</source>
            <translation>新模型就绪前由它应答</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>downloading</source>
            <translation>下载中</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>getting ready</source>
            <translation>准备中</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>in use</source>
            <translation>正在使用</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>installed</source>
            <translation>已安装</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>paused at {size}</source>
            <translation>已暂停，已下载 {size}</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>to download</source>
            <translation>可下载</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>{done} downloaded</source>
            <translation>已下载 {done}</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>{done} of {total} downloaded</source>
            <translation>已下载 {done}，共 {total}</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>{model} ({size}, {state})</source>
            <translation>{model}（{size}，{state}）</translation>
        </message>
        <message>
            <location filename="../../app/settings/model.py"></location>
            <source>{model} is installed.</source>
            <translation>{model} 已安装。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>{new} looks at your photos. Until it is through, {old} answers.</source>
            <translation>{new}正在查看您的照片。在它看完之前，由{old}应答。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>{new} looks at your photos: {done} of {total}. Until it is through, {old} answers.</source>
            <translation>{new}正在查看您的照片：已看 {done} 张，共 {total} 张。在它看完之前，由{old}应答。</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_words.py"></location>
            <source>{total} downloaded; the model is being checked and stored…</source>
            <translation>已下载 {total}；正在检查并保存模型…</translation>
        </message>
    </context>
    <context>
        <name>NameFinder</name>
        <message>
            <location filename="../../app/grid/name_finder.py"></location>
            <source>Beginning of a name</source>
            <translation>名称的开头</translation>
        </message>
        <message>
            <location filename="../../app/grid/name_finder.py"></location>
            <source>No such name here</source>
            <translation>这里没有此名称</translation>
        </message>
    </context>
    <context>
        <name>NetworkForm</name>
        <message>
            <location filename="../../app/settings/model_network.py"></location>
            <source>As the system says</source>
            <translation>按系统设置</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_network.py"></location>
            <source>Keep addresses</source>
            <translation>保存地址</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_network.py"></location>
            <source>Mirror</source>
            <translation>镜像</translation>
        </message>
        <message>
            <location filename="../../app/settings/model_network.py"></location>
            <source>Proxy</source>
            <translation>代理</translation>
        </message>
    </context>
    <context>
        <name>OpenWith</name>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>Choose a program…</source>
            <translation>选择程序…</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>Looking for programs…</source>
            <translation>正在查找程序…</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>No program is known for this photo</source>
            <translation>没有已知程序可打开此照片</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>Open with</source>
            <translation>打开方式</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>Open with…</source>
            <translation>打开方式…</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>The disk of this photo is not here</source>
            <translation>此照片所在的磁盘未连接</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>{program} (usual)</source>
            <translation>{program}（默认）</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>{program} cannot be started: open the photo from the file manager.</source>
            <translation>无法启动 {program}：请从文件管理器打开照片。</translation>
        </message>
        <message>
            <location filename="../../app/files/open_with.py"></location>
            <source>{program} opens one photo at a time: the first {n} are opened.</source>
            <translation>{program} 一次只能打开一张照片：已打开前 {n} 张。</translation>
        </message>
    </context>
    <context>
        <name>OpenedFile</name>
        <message>
            <location filename="../../app/window/opened_file.py"></location>
            <source>{name} is not in the library. These photos look like it.</source>
            <translation>{name} 不在图库中。这些照片与它相似。</translation>
        </message>
    </context>
    <context>
        <name>PathButton</name>
        <message>
            <location filename="../../app/inspector/parts.py"></location>
            <source>Show {path} in file manager</source>
            <translation>在文件管理器中显示 {path}</translation>
        </message>
        <message>
            <location filename="../../app/inspector/parts.py"></location>
            <source>{path}
Show in file manager</source>
            <translation>{path}
在文件管理器中显示</translation>
        </message>
    </context>
    <context>
        <name>PhotoActions</name>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>1 star</source>
            <translation>1 星</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>2 stars</source>
            <translation>2 星</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>3 stars</source>
            <translation>3 星</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>4 stars</source>
            <translation>4 星</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>5 stars</source>
            <translation>5 星</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>Favourite</source>
            <translation>收藏</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>No rating</source>
            <translation>无评分</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>Rotate left</source>
            <translation>向左旋转</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>Rotate right</source>
            <translation>向右旋转</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>adding {photos} to “{album}”</source>
            <translation>将 {photos}添加到“{album}”</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>marking {photos} as favourite</source>
            <translation>收藏 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>new album “{album}”</source>
            <translation>新建相册“{album}”</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>rating {photos}</source>
            <translation>为 {photos}评分</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>removing {photos} from “{album}”</source>
            <translation>从“{album}”中移除 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>rotating {photos}</source>
            <translation>旋转 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>taking stars off {photos}</source>
            <translation>清除 {photos}的评分</translation>
        </message>
        <message>
            <location filename="../../app/browse/photo_actions.py"></location>
            <source>unmarking {photos} as favourite</source>
            <translation>取消收藏 {photos}</translation>
        </message>
    </context>
    <context>
        <name>PhotoChip</name>
        <message>
            <location filename="../../app/search/photo_chip.py"></location>
            <source>Photos like {name}. Click: without it</source>
            <translation>与 {name} 相似的照片。点击可取消此条件</translation>
        </message>
        <message>
            <location filename="../../app/search/photo_chip.py"></location>
            <source>Photos like {name}: press to search without it</source>
            <translation>与 {name} 相似的照片：按下可取消此条件</translation>
        </message>
        <message>
            <location filename="../../app/search/photo_chip.py"></location>
            <source>a pasted picture</source>
            <translation>粘贴的图片</translation>
        </message>
    </context>
    <context>
        <name>PhotoModel</name>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>1 star</source>
            <translation>1 星</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>Its disk is not here: plug it in to open the original.</source>
            <translation>所在磁盘未连接，连接后才能打开原始文件。</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>Photo {n}</source>
            <translation>照片 {n}</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>favourite</source>
            <translation>收藏</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>in {group}</source>
            <translation>属于{group}</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>labels {names}</source>
            <translation>标签 {names}</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>less likely</source>
            <translation>可能性较低</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>offline</source>
            <translation>离线</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>refused by hand</source>
            <translation>已手动否认</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>tagged by hand</source>
            <translation>已手动添加</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>taken {when}</source>
            <translation>拍摄于{when}</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>{n} files</source>
            <translation>{n} 个文件</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>{n} of {total}</source>
            <translation>第 {n} 张，共 {total} 张</translation>
        </message>
        <message>
            <location filename="../../app/grid/model.py"></location>
            <source>{n} stars</source>
            <translation>{n} 星</translation>
        </message>
    </context>
    <context>
        <name>Places</name>
        <message>
            <location filename="../../app/inspector/parts.py"></location>
            <source>Cannot be read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <location filename="../../app/inspector/parts.py"></location>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <location filename="../../app/inspector/parts.py"></location>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/inspector/parts.py"></location>
            <source>and {n} more</source>
            <translation>以及另外 {n} 个</translation>
        </message>
    </context>
    <context>
        <name>PrivacyPage</name>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>Models that you download are kept for all libraries of yours in:</source>
            <translation>下载的模型供您的所有图库共用，保存在：</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>No file manager answered. The folder is {path}.</source>
            <translation>没有文件管理器响应。文件夹位置：{path}。</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>Nothing leaves this computer. Souvenir has no account and sends no photo, no word you search for and no statistics anywhere. It goes to the network only when you download a model.</source>
            <translation>任何内容都不会离开这台电脑。Souvenir 没有账户，不会发送任何照片、搜索词或统计数据，只在您下载模型时才会联网。</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>The library</source>
            <translation>图库</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>They stay where they are. Souvenir reads them, and changes a file only when you ask for exactly that: to rename, move or throw it away.</source>
            <translation>照片保留在原处。Souvenir 只读取照片；只有在您明确要求重命名、移动或丢弃文件时，才会更改文件。</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>What Souvenir knows of your photos lies in one folder: ratings, albums and titles, small pictures of them, numbers that describe what is in them, your searches that you saved, and these settings.</source>
            <translation>Souvenir 对照片的了解都保存在一个文件夹中：评分、相册和标题，照片的缩略图，描述画面内容的数据，您保存的搜索，以及这些设置。</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>Your photos</source>
            <translation>您的照片</translation>
        </message>
        <message>
            <location filename="../../app/settings/privacy.py"></location>
            <source>{size} in all, {thumbnails} of it small pictures</source>
            <translation>共 {size}，其中缩略图占 {thumbnails}</translation>
        </message>
    </context>
    <context>
        <name>ProblemModel</name>
        <message>
            <location filename="../../app/status/problem_model.py"></location>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/status/problem_model.py"></location>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../app/status/problem_model.py"></location>
            <source>Reason</source>
            <translation>原因</translation>
        </message>
    </context>
    <context>
        <name>ProblemTable</name>
        <message>
            <location filename="../../app/status/problem_table.py"></location>
            <source>Files and folders that could not be read</source>
            <translation>无法读取的文件和文件夹</translation>
        </message>
    </context>
    <context>
        <name>ProblemsPage</name>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>By folder</source>
            <translation>按文件夹</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>By reason</source>
            <translation>按原因</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Copy all</source>
            <translation>全部复制</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Copy the list</source>
            <translation>复制列表</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Every file and every folder in your folders could be read.</source>
            <translation>您的文件夹中的所有文件和子文件夹都可以读取。</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Ignore</source>
            <translation>忽略</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Ignore all</source>
            <translation>全部忽略</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Ignored</source>
            <translation>已忽略</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Ignored: {n}</source>
            <translation>已忽略：{n}</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>No problems</source>
            <translation>没有问题</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Problems</source>
            <translation>问题</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Read again</source>
            <translation>重新读取</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Read all again</source>
            <translation>全部重新读取</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Show in the file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>The files are as they were: Souvenir never changes them.</source>
            <translation>文件保持原样，Souvenir 绝不会更改它们。</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>{files} ignored</source>
            <translation>已忽略 {files}</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>{number} are ignored from now on.</source>
            <translation>从现在起忽略 {number}。</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>{number} is ignored from now on.</source>
            <translation>从现在起忽略 {number}。</translation>
        </message>
        <message>
            <location filename="../../app/status/problems.py"></location>
            <source>{number} will be read again.</source>
            <translation>将重新读取 {number}。</translation>
        </message>
    </context>
    <context>
        <name>PromptChip</name>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>Prompt {prompt}</source>
            <translation>描述 {prompt}</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>not: {prompt}</source>
            <translation>非：{prompt}</translation>
        </message>
        <message>
            <location filename="../../app/labels/head.py"></location>
            <source>{prompt}
Change the prompts</source>
            <translation>{prompt}
更改描述</translation>
        </message>
    </context>
    <context>
        <name>Question</name>
        <message>
            <location filename="../../app/widgets/question.py"></location>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
    <context>
        <name>RenameDialog</name>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Insert {what}</source>
            <translation>插入{what}</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Now</source>
            <translation>当前名称</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Pattern of the new names</source>
            <translation>新名称的格式</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Preview of the new names</source>
            <translation>新名称预览</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Rename {photos}</source>
            <translation>重命名 {photos}</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Stays as it is</source>
            <translation>保持不变</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Taken: gets a number</source>
            <translation>名称已存在，将加上编号</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>Then</source>
            <translation>新名称</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>{files} get a new name</source>
            <translation>{files}将获得新名称</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>{files} get a number, as their name is taken</source>
            <translation>{files}的名称已存在，将加上编号</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>{files} stay as they are, as the name cannot be</source>
            <translation>{files}的新名称不可用，保持不变</translation>
        </message>
        <message>
            <location filename="../../app/files/rename_dialog.py"></location>
            <source>“{part}” cannot be filled in. Use the placeholders below the pattern.</source>
            <translation>无法填入“{part}”。请使用格式下方的占位符。</translation>
        </message>
    </context>
    <context>
        <name>SaveSearch</name>
        <message>
            <location filename="../../app/search/saving.py"></location>
            <source>It is kept at the left, and finds new photos too.</source>
            <translation>它保存在左侧，也会找到以后的新照片。</translation>
        </message>
        <message>
            <location filename="../../app/search/saving.py"></location>
            <source>Name of the search</source>
            <translation>搜索名称</translation>
        </message>
        <message>
            <location filename="../../app/search/saving.py"></location>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <location filename="../../app/search/saving.py"></location>
            <source>Save search</source>
            <translation>保存搜索</translation>
        </message>
    </context>
    <context>
        <name>Screenshot</name>
        <message>
            <location filename="../../app/window/screenshot.py"></location>
            <source>The window was still busy after {n} s: try again.</source>
            <translation>{n} 秒后窗口仍未就绪，请重试。</translation>
        </message>
        <message>
            <location filename="../../app/window/screenshot.py"></location>
            <source>{file} cannot be written: choose another place.</source>
            <translation>无法写入 {file}，请选择其他位置。</translation>
        </message>
    </context>
    <context>
        <name>Scrubber</name>
        <message>
            <location filename="../../app/grid/scrubber.py"></location>
            <source>Scroll through the photos</source>
            <translation>浏览照片</translation>
        </message>
        <message>
            <location filename="../../app/grid/scrubber.py"></location>
            <source>Scroll through time</source>
            <translation>按时间浏览</translation>
        </message>
    </context>
    <context>
        <name>SearchAssistant</name>
        <message>
            <location filename="../../app/search/assistant.py"></location>
            <source>Clear search</source>
            <translation>清除搜索</translation>
        </message>
        <message>
            <location filename="../../app/search/assistant.py"></location>
            <source>Forget earlier searches</source>
            <translation>清除搜索历史</translation>
        </message>
        <message>
            <location filename="../../app/search/assistant.py"></location>
            <source>No photo was copied: copy a photo or a picture file first.</source>
            <translation>剪贴板中没有照片，请先复制一张照片或一个图片文件。</translation>
        </message>
        <message>
            <location filename="../../app/search/assistant.py"></location>
            <source>Save search…</source>
            <translation>保存搜索…</translation>
        </message>
        <message>
            <location filename="../../app/search/assistant.py"></location>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <location filename="../../app/search/assistant.py"></location>
            <source>Search by the copied photo</source>
            <translation>用复制的照片搜索</translation>
        </message>
    </context>
    <context>
        <name>SearchChips</name>
        <message>
            <location filename="../../app/search/chips.py"></location>
            <source>not {what}</source>
            <translation>排除 {what}</translation>
        </message>
    </context>
    <context>
        <name>SearchField</name>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Add words</source>
            <translation>添加文字</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Clear (Esc)</source>
            <translation>清除（Esc）</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Clear the search</source>
            <translation>清除搜索</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Describe the photo in your own words.
-word leaves photos out; date: camera: folder: and more are offered as you type.</source>
            <translation>用自己的话描述照片。
-词语 可排除照片；输入时会提示 date:、camera:、folder: 等筛选条件。</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Describe the photo you are looking for</source>
            <translation>描述要找的照片</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Describe the photo you are looking for. Results follow as you type.</source>
            <translation>描述要找的照片，输入时即显示结果。</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Esc clears</source>
            <translation>按 Esc 清除</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Filters: {filters}</source>
            <translation>筛选条件：{filters}</translation>
        </message>
        <message>
            <location filename="../../app/search/field.py"></location>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
    </context>
    <context>
        <name>SearchOffers</name>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>1 or 2</source>
            <translation>1 或 2</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>3 or more</source>
            <translation>3 及以上</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>4 or more</source>
            <translation>4 及以上</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>a day</source>
            <translation>某日</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>a keyword that it carries</source>
            <translation>照片的关键字</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>a label that it carries</source>
            <translation>照片的标签</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>a month</source>
            <translation>某月</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>a place (gps)</source>
            <translation>有地点（gps）</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>a year</source>
            <translation>某年</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>an album that it is in</source>
            <translation>所在相册</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>before then</source>
            <translation>在此之前</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>between two sizes</source>
            <translation>介于两个大小之间</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>bytes or megapixels</source>
            <translation>字节或百万像素</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>favourite or offline</source>
            <translation>收藏或离线</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>from one to another</source>
            <translation>从某时到某时</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>from then on</source>
            <translation>从此以后</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>large files</source>
            <translation>大文件</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>many pixels</source>
            <translation>高像素</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>marked by you</source>
            <translation>您收藏的照片</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>not rated</source>
            <translation>未评分</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>on a disk that is not here</source>
            <translation>位于未连接的磁盘上</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>part of the file's name</source>
            <translation>文件名的一部分</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>saved search</source>
            <translation>保存的搜索</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>says where it was taken</source>
            <translation>记录了拍摄地点</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>searched before</source>
            <translation>搜索过</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>small files</source>
            <translation>小文件</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>stars, 0 to 5</source>
            <translation>星级，0 到 5</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>the camera's name</source>
            <translation>相机名称</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>the format: jpeg, heic, raw</source>
            <translation>格式：jpeg、heic、raw</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>the lens's name</source>
            <translation>镜头名称</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>when it was taken</source>
            <translation>拍摄时间</translation>
        </message>
        <message>
            <location filename="../../app/search/offers.py"></location>
            <source>where its file is</source>
            <translation>文件所在位置</translation>
        </message>
    </context>
    <context>
        <name>SearchPopup</name>
        <message>
            <location filename="../../app/search/popup.py"></location>
            <source>Suggestions</source>
            <translation>建议</translation>
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <location filename="../../app/session.py"></location>
            <source>Another Souvenir writes this library: here you can look and search.</source>
            <translation>另一个 Souvenir 正在写入此图库：您可以在这里浏览和搜索。</translation>
        </message>
        <message>
            <location filename="../../app/session.py"></location>
            <source>Something went wrong inside Souvenir ({what}); 'souvenir -v' says more.</source>
            <translation>Souvenir 内部出错（{what}），运行“souvenir -v”可了解详情。</translation>
        </message>
        <message>
            <location filename="../../app/session.py"></location>
            <source>The disk of this library is full: here you can look and search. Free some space, then open Souvenir again to change things.</source>
            <translation>此图库所在的磁盘已满：您可以在这里浏览和搜索。请腾出空间，然后重新打开 Souvenir 以进行更改。</translation>
        </message>
        <message>
            <location filename="../../app/session.py"></location>
            <source>This library's folder cannot be written: here you can look and search.</source>
            <translation>此图库的文件夹无法写入：您可以在这里浏览和搜索。</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <location filename="../../app/settings/dialog.py"></location>
            <source>Pages of the settings</source>
            <translation>设置页面</translation>
        </message>
        <message>
            <location filename="../../app/settings/dialog.py"></location>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
    </context>
    <context>
        <name>Sidebar</name>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Add folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Album “{name}” is deleted. Its photos stay in the library.</source>
            <translation>已删除相册“{name}”，其中的照片仍在图库中。</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Copy or link into a folder…</source>
            <translation>复制或链接到文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Delete album</source>
            <translation>删除相册</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>It is on another disk now…</source>
            <translation>它现在位于另一磁盘…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Library</source>
            <translation>图库</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>New album…</source>
            <translation>新建相册…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Places</source>
            <translation>位置</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Remove folder, label, album or search</source>
            <translation>移除文件夹、标签、相册或搜索</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Remove folder…</source>
            <translation>移除文件夹…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Remove search</source>
            <translation>移除搜索</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Rename label, album or search</source>
            <translation>重命名标签、相册或搜索</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Saved search “{name}” is removed.</source>
            <translation>已移除保存的搜索“{name}”。</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Show in file manager</source>
            <translation>在文件管理器中显示</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>Sidebar</source>
            <translation>边栏</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>View</source>
            <translation>显示</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>deleting album “{name}”</source>
            <translation>删除相册“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>new album “{name}”</source>
            <translation>新建相册“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>removing saved search “{name}”</source>
            <translation>移除保存的搜索“{name}”</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/sidebar.py"></location>
            <source>renaming “{name}”</source>
            <translation>重命名“{name}”</translation>
        </message>
    </context>
    <context>
        <name>SidebarModel</name>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Albums</source>
            <translation>相册</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>All photos</source>
            <translation>所有照片</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Describe something in your own words, and every photo that it fits is found:
receipts, our red tent, a heron by the water.</source>
            <translation>用自己的话描述一样东西，就能找到所有符合的照片：
收据、我们的红帐篷、水边的苍鹭。</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Describe something…</source>
            <translation>描述一样东西…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Favourites</source>
            <translation>收藏</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Folders</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>New album…</source>
            <translation>新建相册…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>New label…</source>
            <translation>新建标签…</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Problems</source>
            <translation>问题</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Recently added</source>
            <translation>最近添加</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Saved searches</source>
            <translation>保存的搜索</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>Switched off</source>
            <translation>已关闭</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>offline</source>
            <translation>离线</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/model.py"></location>
            <source>switched off</source>
            <translation>已关闭</translation>
        </message>
    </context>
    <context>
        <name>SidebarPainter</name>
        <message>
            <location filename="../../app/sidebar/painter.py"></location>
            <source>Name of the album</source>
            <translation>相册名称</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/painter.py"></location>
            <source>New name</source>
            <translation>新名称</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/painter.py"></location>
            <source>off</source>
            <translation>关</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/painter.py"></location>
            <source>offline</source>
            <translation>离线</translation>
        </message>
    </context>
    <context>
        <name>SimilarStrip</name>
        <message>
            <location filename="../../app/inspector/similar.py"></location>
            <source>Similar photo {name}</source>
            <translation>相似照片 {name}</translation>
        </message>
        <message>
            <location filename="../../app/inspector/similar.py"></location>
            <source>Similar photos</source>
            <translation>相似照片</translation>
        </message>
    </context>
    <context>
        <name>SpeedPage</name>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>Full</source>
            <translation>全速</translation>
        </message>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>Gentle</source>
            <translation>轻柔</translation>
        </message>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>Leaves most of the computer to other programs.</source>
            <translation>将电脑的大部分资源留给其他程序。</translation>
        </message>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>New photos are looked at in the background. Searching comes first at any speed.</source>
            <translation>新照片在后台分析。无论哪种速度，搜索始终优先。</translation>
        </message>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>Normal</source>
            <translation>正常</translation>
        </message>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>Takes all it can get, on battery too.</source>
            <translation>尽可能使用全部资源，使用电池时也不例外。</translation>
        </message>
        <message>
            <location filename="../../app/settings/speed.py"></location>
            <source>Works along, and slows down on battery.</source>
            <translation>在后台稳步工作，使用电池时放慢速度。</translation>
        </message>
    </context>
    <context>
        <name>Stars</name>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>1 star</source>
            <translation>1 星</translation>
        </message>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>2 stars</source>
            <translation>2 星</translation>
        </message>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>3 stars</source>
            <translation>3 星</translation>
        </message>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>4 stars</source>
            <translation>4 星</translation>
        </message>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>5 stars</source>
            <translation>5 星</translation>
        </message>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>No rating</source>
            <translation>无评分</translation>
        </message>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>Rating: {stars}</source>
            <translation>评分：{stars}</translation>
        </message>
        <message>
            <location filename="../../app/inspector/stars.py"></location>
            <source>various</source>
            <translation>多个值</translation>
        </message>
    </context>
    <context>
        <name>StatusDetails</name>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>Details of indexing</source>
            <translation>索引详情</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>Indexing</source>
            <translation>索引</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>On disk</source>
            <translation>磁盘占用</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>The computer runs on battery, so indexing goes slower. It speeds up again at the mains.</source>
            <translation>电脑正在使用电池，因此索引速度放慢，接通电源后会恢复。</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>{model} looks at your photos, and answers once it is through.</source>
            <translation>{model}正在查看您的照片，看完之后由它应答。</translation>
        </message>
        <message>
            <location filename="../../app/status/details.py"></location>
            <source>{model} on {device}</source>
            <translation>{model} · {device}</translation>
        </message>
    </context>
    <context>
        <name>StatusFeed</name>
        <message>
            <location filename="../../app/status/feed.py"></location>
            <source>Details of indexing</source>
            <translation>索引详情</translation>
        </message>
        <message>
            <location filename="../../app/status/feed.py"></location>
            <source>Files and folders that could not be read</source>
            <translation>无法读取的文件和文件夹</translation>
        </message>
        <message>
            <location filename="../../app/status/feed.py"></location>
            <source>Indexing</source>
            <translation>索引</translation>
        </message>
        <message>
            <location filename="../../app/status/feed.py"></location>
            <source>Pause or resume indexing</source>
            <translation>暂停或继续索引</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>Indexing</source>
            <translation>正在索引</translation>
        </message>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>Model trouble</source>
            <translation>模型出现问题</translation>
        </message>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>On battery: slower</source>
            <translation>使用电池：放慢速度</translation>
        </message>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>Shows the details of indexing</source>
            <translation>显示索引详情</translation>
        </message>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>{model} on {device}</source>
            <translation>{model} · {device}</translation>
        </message>
        <message>
            <location filename="../../app/status/line.py"></location>
            <source>{model} until {coming} is ready</source>
            <translation>{model}（等待 {coming} 就绪）</translation>
        </message>
    </context>
    <context>
        <name>TagWriting</name>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Write tags for other programs…</source>
            <translation>为其他程序写入标签…</translation>
        </message>
    </context>
    <context>
        <name>Texts</name>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <location filename="../../app/labels/form.py"></location>
            <source>Remove {what}</source>
            <translation>移除 {what}</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <location filename="../../app/desktop/tray.py"></location>
            <source>Go on indexing</source>
            <translation>继续索引</translation>
        </message>
        <message>
            <location filename="../../app/desktop/tray.py"></location>
            <source>Open Souvenir</source>
            <translation>打开 Souvenir</translation>
        </message>
        <message>
            <location filename="../../app/desktop/tray.py"></location>
            <source>Pause indexing</source>
            <translation>暂停索引</translation>
        </message>
        <message>
            <location filename="../../app/desktop/tray.py"></location>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <location filename="../../app/desktop/tray.py"></location>
            <source>Souvenir: {done} of {total} photos</source>
            <translation>Souvenir：{done} / {total} 张照片</translation>
        </message>
        <message>
            <location filename="../../app/desktop/tray.py"></location>
            <source>They can be searched now.</source>
            <translation>现在可以搜索了。</translation>
        </message>
        <message>
            <location filename="../../app/desktop/tray.py"></location>
            <source>{photos} added</source>
            <translation>已添加 {photos}</translation>
        </message>
    </context>
    <context>
        <name>Undo</name>
        <message>
            <location filename="../../app/undo.py"></location>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <location filename="../../app/undo.py"></location>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <location filename="../../app/undo.py"></location>
            <source>Redo {change}</source>
            <translation>重做：{change}</translation>
        </message>
        <message>
            <location filename="../../app/undo.py"></location>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../app/undo.py"></location>
            <source>Undo {change}</source>
            <translation>撤销：{change}</translation>
        </message>
    </context>
    <context>
        <name>UnknownWords</name>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>Chinese is not understood by {model}: write in English, or use a model that knows Chinese.</source>
            <translation>{model}不懂中文：请用英文书写，或使用懂中文的模型。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>Get another model</source>
            <translation>获取其他模型</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>Models…</source>
            <translation>模型…</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>No word of it is known, so these photos are a guess.</source>
            <translation>其中没有一个词是它认识的，所以这些照片只是猜测。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>Perhaps {words} are meant.</source>
            <translation>您要找的可能是{words}。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>Perhaps {words} is meant.</source>
            <translation>您要找的可能是{words}。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>The language of {words} is not understood by {model}, which knows these: {languages}. Write in one of them, or use another model.</source>
            <translation>{model}不懂{words}所用的语言，它懂这些语言：{languages}。请用其中一种书写，或使用其他模型。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>The language of {words} is not understood by {model}: write in English, or use a model that knows it.</source>
            <translation>{model}不懂{words}所用的语言：请用英文书写，或使用懂这种语言的模型。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>the starter model</source>
            <translation>入门模型</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>{n} more words</source>
            <translation>另外 {n} 个词</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>{words} and {last}</source>
            <translation>{words}和{last}</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>{words} are not in {model}'s vocabulary; a full model knows them.</source>
            <translation>{words}不在{model}的词汇中；完整的模型认识这些词。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>{words} are not in {model}'s vocabulary; a full model may know them.</source>
            <translation>{words}不在{model}的词汇中；完整的模型也许认识这些词。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>{words} is not in {model}'s vocabulary; a full model knows it.</source>
            <translation>{words}不在{model}的词汇中；完整的模型认识这个词。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>{words} is not in {model}'s vocabulary; a full model may know it.</source>
            <translation>{words}不在{model}的词汇中；完整的模型也许认识这个词。</translation>
        </message>
        <message>
            <location filename="../../app/search/unknown_words.py"></location>
            <source>“{word}”</source>
            <translation>“{word}”</translation>
        </message>
    </context>
    <context>
        <name>ViewBar</name>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>A to Z</source>
            <translation>从 A 到 Z</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Best first</source>
            <translation>最相关的在前</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Best last</source>
            <translation>最相关的在后</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Days</source>
            <translation>按日</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Groups need the order of time</source>
            <translation>分组需要按时间排序</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Groups of photos</source>
            <translation>照片分组</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Highest first</source>
            <translation>从高到低</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Largest first</source>
            <translation>从大到小</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Lowest first</source>
            <translation>从低到高</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Months</source>
            <translation>按月</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Newest first</source>
            <translation>从新到旧</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>No groups</source>
            <translation>不分组</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Oldest first</source>
            <translation>从旧到新</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Order of the photos</source>
            <translation>照片排序</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Rating</source>
            <translation>评分</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Relevance</source>
            <translation>相关度</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Show whole photos instead of squares</source>
            <translation>显示完整照片而不是方形</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Size of the file</source>
            <translation>文件大小</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Size of the photos</source>
            <translation>照片大小</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Size of the photos (Ctrl and the mouse wheel, Ctrl and plus or minus)</source>
            <translation>照片大小（Ctrl + 鼠标滚轮，Ctrl + 加号或减号）</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Smallest first</source>
            <translation>从小到大</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Time added</source>
            <translation>添加时间</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Time taken</source>
            <translation>拍摄时间</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Whole photos</source>
            <translation>完整照片</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Years</source>
            <translation>按年</translation>
        </message>
        <message>
            <location filename="../../app/browse/view_bar.py"></location>
            <source>Z to A</source>
            <translation>从 Z 到 A</translation>
        </message>
    </context>
    <context>
        <name>Viewer</name>
        <message>
            <location filename="../../app/viewer/viewer.py"></location>
            <source>Slide show paused</source>
            <translation>幻灯片已暂停</translation>
        </message>
        <message>
            <location filename="../../app/viewer/viewer.py"></location>
            <source>{n} s for each photo</source>
            <translation>每张照片 {n} 秒</translation>
        </message>
    </context>
    <context>
        <name>ViewerBar</name>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>1 less likely ›</source>
            <translation>可能性较低的 1 张 ›</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>100 %</source>
            <translation>100%</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Compare with the next photo</source>
            <translation>与下一张照片比较</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Favourite</source>
            <translation>收藏</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Fit</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Full screen</source>
            <translation>全屏</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Go on to the less likely photos</source>
            <translation>继续查看可能性较低的照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Rotate left</source>
            <translation>向左旋转</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Rotate right</source>
            <translation>向右旋转</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Slide show</source>
            <translation>幻灯片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>less likely</source>
            <translation>可能性较低</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>{n} %</source>
            <translation>{n}%</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>{n} less likely ›</source>
            <translation>可能性较低的 {n} 张 ›</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>{n} of {total}</source>
            <translation>第 {n} 张，共 {total} 张</translation>
        </message>
        <message>
            <location filename="../../app/viewer/bar.py"></location>
            <source>{n} of {total}, less likely</source>
            <translation>第 {n} 张，共 {total} 张，可能性较低</translation>
        </message>
    </context>
    <context>
        <name>WriteTagsDialog</name>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Beside it: it has parts that a change could harm</source>
            <translation>写在旁边：文件中有些部分可能因改动而损坏</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Beside it: only JPEGs are written into</source>
            <translation>写在旁边：只有 JPEG 会直接写入</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Beside it: the file is a link, or has several names</source>
            <translation>写在旁边：该文件是链接，或有多个名称</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Beside it: there are copies of this photo</source>
            <translation>写在旁边：这张照片有副本</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Beside the photos, in .xmp files</source>
            <translation>照片旁边的 .xmp 文件</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Change</source>
            <translation>更改</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>How far it is</source>
            <translation>进度</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Into JPEGs, beside other photos</source>
            <translation>直接写入 JPEG，其他照片写在旁边</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Labels, your keywords, titles and ratings, as XMP that digiKam, Lightroom and others read. What others wrote stays; what you take back goes again.</source>
            <translation>标签、您的关键词、标题和评分，以 digiKam、Lightroom 等程序可读的 XMP 写入。其他程序写入的内容会保留；您收回的内容会再次移除。</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Tags go</source>
            <translation>标签写到</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>There is nothing to write.</source>
            <translation>没有需要写入的内容。</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>To be written: {files}</source>
            <translation>将写入：{files}</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>What would be written</source>
            <translation>将要写入的内容</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Write</source>
            <translation>写入</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Write nothing</source>
            <translation>不写入</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Write tags for other programs</source>
            <translation>为其他程序写入标签</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>Written: {files}</source>
            <translation>已写入：{files}</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>cannot be written: {files}</source>
            <translation>无法写入：{files}</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>could not be written: {files}</source>
            <translation>未能写入：{files}</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>rating {before} → {after}</source>
            <translation>评分 {before} → {after}</translation>
        </message>
        <message>
            <location filename="../../app/files/tag_writing.py"></location>
            <source>title {before} → {after}</source>
            <translation>标题 {before} → {after}</translation>
        </message>
    </context>
    <context>
        <name>_Found</name>
        <message>
            <location filename="../../app/labels/chooser.py"></location>
            <source>New label “{name}”…</source>
            <translation>新建标签“{name}”…</translation>
        </message>
        <message>
            <location filename="../../app/labels/chooser.py"></location>
            <source>switched off</source>
            <translation>已关闭</translation>
        </message>
        <message>
            <location filename="../../app/labels/chooser.py"></location>
            <source>used lately</source>
            <translation>最近使用</translation>
        </message>
    </context>
    <context>
        <name>_Line</name>
        <message>
            <location filename="../../app/status/notice.py"></location>
            <source>Close this notice</source>
            <translation>关闭此通知</translation>
        </message>
    </context>
    <context>
        <name>built_in_labels</name>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Animals</source>
            <translation>动物</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Baby</source>
            <translation>婴儿</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Beach</source>
            <translation>海滩</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Bedroom</source>
            <translation>卧室</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Bird</source>
            <translation>鸟</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Birthday</source>
            <translation>生日</translation>
        </message>
        <message>
            <location filename="../../resources/labels/quality.toml"></location>
            <source>Blurry</source>
            <translation>模糊</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>Bread</source>
            <translation>面包</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Bridge</source>
            <translation>桥</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>Cake or dessert</source>
            <translation>蛋糕甜点</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Cat</source>
            <translation>猫</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Child</source>
            <translation>儿童</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Church or temple</source>
            <translation>教堂寺庙</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>City</source>
            <translation>城市</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Climbing</source>
            <translation>攀岩</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Concert</source>
            <translation>音乐会</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Cow or sheep</source>
            <translation>牛羊</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Crowd</source>
            <translation>人群</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Cycling</source>
            <translation>骑行</translation>
        </message>
        <message>
            <location filename="../../resources/labels/quality.toml"></location>
            <source>Dark</source>
            <translation>昏暗</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Day</source>
            <translation>白天</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Document</source>
            <translation>文档</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Documents and screenshots</source>
            <translation>文档与截图</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Dog</source>
            <translation>狗</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Drawing</source>
            <translation>素描</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>Drink</source>
            <translation>饮品</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Elephant</source>
            <translation>大象</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Fish</source>
            <translation>鱼</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>Food</source>
            <translation>食物</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Forest</source>
            <translation>森林</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>Fruit</source>
            <translation>水果</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Garden or park</source>
            <translation>花园公园</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Group of people</source>
            <translation>合影</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Handwriting</source>
            <translation>手写</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Horse</source>
            <translation>马</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Insect</source>
            <translation>昆虫</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Kitchen</source>
            <translation>厨房</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Lake or river</source>
            <translation>河湖</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Map</source>
            <translation>地图</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Monkey</source>
            <translation>猴子</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Mountains</source>
            <translation>山</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Night</source>
            <translation>夜晚</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Painting</source>
            <translation>绘画</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>People and events</source>
            <translation>人物与活动</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Pets and wild animals</source>
            <translation>宠物与野生动物</translation>
        </message>
        <message>
            <location filename="../../resources/labels/quality.toml"></location>
            <source>Photos that did not turn out well</source>
            <translation>没拍好的照片</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Pictures of paper and of screens</source>
            <translation>纸张与屏幕的图片</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>Pizza</source>
            <translation>披萨</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Places</source>
            <translation>地点</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Portrait</source>
            <translation>人像</translation>
        </message>
        <message>
            <location filename="../../resources/labels/quality.toml"></location>
            <source>Quality</source>
            <translation>质量</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Receipt</source>
            <translation>收据</translation>
        </message>
        <message>
            <location filename="../../resources/labels/animals.toml"></location>
            <source>Reptile</source>
            <translation>爬行动物</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Restaurant</source>
            <translation>餐厅</translation>
        </message>
        <message>
            <location filename="../../resources/labels/documents.toml"></location>
            <source>Screenshot</source>
            <translation>截图</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Snow</source>
            <translation>雪</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Sport</source>
            <translation>运动</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Station or airport</source>
            <translation>车站机场</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Swimming</source>
            <translation>游泳</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Twilight</source>
            <translation>黄昏</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>Vegetables</source>
            <translation>蔬菜</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Wedding</source>
            <translation>婚礼</translation>
        </message>
        <message>
            <location filename="../../resources/labels/food.toml"></location>
            <source>What is on the plate</source>
            <translation>盘中的美食</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>Where a photo was taken, as one sees it</source>
            <translation>照片在哪里拍摄，一看便知</translation>
        </message>
        <message>
            <location filename="../../resources/labels/people_events.toml"></location>
            <source>Who is there, and what is going on</source>
            <translation>有谁，在做什么</translation>
        </message>
        <message>
            <location filename="../../resources/labels/places.toml"></location>
            <source>time of day</source>
            <translation>时段</translation>
        </message>
    </context>
    <context>
        <name>core</name>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source> (at character {value})</source>
            <translation>（第 {value} 个字符处）</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>"{key}" of label {number} is not {what}: correct it there.</source>
            <translation>第 {number} 个标签的“{key}”不是 {what}：请在文件中更正。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} ends before it starts: put the earlier date first.</source>
            <translation>“{what}”{where}的结束早于开始：请将较早的日期写在前面。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} fits no rating: ratings go from 0 to 5, the lower one first.</source>
            <translation>“{what}”{where}没有对应的评分：评分为 0 到 5，较低的写在前面。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} fits no size: put the smaller size first.</source>
            <translation>“{what}”{where}没有对应的大小：请将较小的写在前面。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} has no unit: write kb, mb, gb or mp (megapixels) after the number.</source>
            <translation>“{what}”{where}缺少单位：请在数字后写 kb、mb、gb 或 mp（百万像素）。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} is above any relevance: write a number from 0 to 1.</source>
            <translation>“{what}”{where} 超出相关度范围：请写 0 到 1 之间的数。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} is later than any date: write a smaller year.</source>
            <translation>“{what}”{where}超出了日期范围：请写较小的年份。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} is no relevance to compare with: write label:receipt&gt;0.8, from 0 to 1.</source>
            <translation>“{what}”{where} 不是可比较的相关度：请写成 label:receipt&gt;0.8，范围 0 到 1。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} is not a date: write date:2021, date:2021-06, date:2021-06-05, date:2019..2021, date:&gt;=2020 or date:last-week.</source>
            <translation>“{what}”{where}不是日期：请写 date:2021、date:2021-06、date:2021-06-05、date:2019..2021、date:&gt;=2020 或 date:last-week。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} is not a rating: write rating:3, rating:&gt;=3 or rating:3..5, with 0 to 5.</source>
            <translation>“{what}”{where}不是评分：请写 rating:3、rating:&gt;=3 或 rating:3..5，取值 0 到 5。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} is not a size: write size:&gt;5mb, size:&lt;200kb, size:&gt;12mp or size:1mb..5mb.</source>
            <translation>“{what}”{where}不是大小：请写 size:&gt;5mb、size:&lt;200kb、size:&gt;12mp 或 size:1mb..5mb。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} is not in the calendar: check the year, month and day.</source>
            <translation>“{what}”{where}不是有效的日期：请检查年、月、日。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>"{what}"{where} is nothing that photos can be: write is:favourite or is:offline.</source>
            <translation>“{what}”{where}不是照片的状态：请写 is:favourite 或 is:offline。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>"{what}"{where} is nothing that photos can have: write has:gps.</source>
            <translation>“{what}”{where}不是照片可有的信息：请写 has:gps。</translation>
        </message>
        <message>
            <location filename="../../core/search/filter_values.py"></location>
            <source>"{what}"{where} mixes bytes and megapixels: use one of them at both ends.</source>
            <translation>“{what}”{where}混用了字节和百万像素：两端请使用同一种单位。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/written.py"></location>
            <source>"{writes}" is no place to write tags: choose off, sidecar or file.</source>
            <translation>“{writes}”不是写入标签的位置：请选择 off、sidecar 或 file。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>'{name}' does not name a model: write ARCHITECTURE/WEIGHTS, as in {name2}.</source>
            <translation>“{name}”不是模型名称：请写成“架构/权重”，例如 {name2}。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/curated.py"></location>
            <source>A good all-round model: 151 million weights, photos at 224 × 224.</source>
            <translation>全面均衡的模型：1.51 亿参数，照片按 224 × 224 分析。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>A library holds up to {most_labels} labels: remove some before adding "{label_name}".</source>
            <translation>一个图库最多容纳 {most_labels} 个标签：请先移除一些，再添加“{label_name}”。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>A model cannot be called '{name}': give it a name of letters, digits, '-', '_' and '.', other than '{starter}', with --name.</source>
            <translation>模型不能命名为“{name}”：名称只能包含字母、数字、“-”、“_”和“.”，且不能是“{starter}”。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>A package that {what} needs is not installed ({error}): install it with pip, or choose another model.</source>
            <translation>未安装 {what} 所需的软件包（{error}）：请用 pip 安装，或选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>A {what} of the label "{name}" is {value} characters long: keep it to {longest_text}.</source>
            <translation>标签“{name}”的一条 {what} 有 {value} 个字符：请控制在 {longest_text} 个以内。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/curated.py"></location>
            <source>Accurate, in many languages: 375 million weights, photos at 256 × 256.</source>
            <translation>准确，支持多种语言：3.75 亿个权重，照片为 256 × 256。</translation>
        </message>
        <message>
            <location filename="../../core/library/lock.py"></location>
            <source>Another Souvenir ({value}) is writing this library: close it first, or search beside it.</source>
            <translation>另一个 Souvenir（{value}）正在写入此图库：请先关闭它，或仅查看和搜索。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>Another Souvenir is installing a model: try again when it is done.</source>
            <translation>另一个 Souvenir 正在安装模型：请等它完成后重试。</translation>
        </message>
        <message>
            <location filename="../../core/watching/inner_disks.py"></location>
            <source>Another disk is mounted here than before: {disk_name}.</source>
            <translation>这里挂载的磁盘与之前不同：{disk_name}。</translation>
        </message>
        <message>
            <location filename="../../core/watching/inner_disks.py"></location>
            <source>Another disk is mounted here: {disk_name} in place of {known}.</source>
            <translation>这里挂载了另一磁盘：{disk_name}，而不是 {known}。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>Another program is holding the catalogue {path}: close it and try again.</source>
            <translation>另一个程序占用了目录 {path}：请关闭该程序后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>Comes with Souvenir: small and fast, for everyday things in photos.</source>
            <translation>随 Souvenir 附带：小巧快速，适合识别照片中的日常事物。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/waiting.py"></location>
            <source>Decoding this photo takes about {value} GB of memory, and only {value2} GB are free: close other programs, then retry.</source>
            <translation>解码此照片约需 {value} GB 内存，但只有 {value2} GB 可用：请关闭其他程序，然后重试。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/waiting.py"></location>
            <source>Decoding this photo takes about {value} GB of memory, and there can never be more than {value2} GB for it: give this computer or container more memory, then retry.</source>
            <translation>解码此照片约需 {value} GB 内存，但最多只能使用 {value2} GB：请为此计算机或容器增加内存，然后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/curated.py"></location>
            <source>Fast, in many languages: 366 million weights, photos at 224 × 224.</source>
            <translation>快速，支持多种语言：3.66 亿个权重，照片为 224 × 224。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>Imported from {checkpoint_name}.</source>
            <translation>从 {checkpoint_name} 导入。</translation>
        </message>
        <message>
            <location filename="../../core/library/following.py"></location>
            <source>Indexing stopped because of a bug; it tries again in half a minute.</source>
            <translation>索引因程序错误而停止，半分钟后会重试。</translation>
        </message>
        <message>
            <location filename="../../core/watching/watcher.py"></location>
            <source>Its directories are nested too deep to be followed live.</source>
            <translation>其目录嵌套过深，无法实时跟踪。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>Models cannot be stored in {cache} ({strerror}): check its permissions.</source>
            <translation>无法在 {cache} 中保存模型（{strerror}）：请检查其权限。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/sets.py"></location>
            <source>Models like CLIP learned from captions on the web and repeat their prejudices: what they say of people's looks, origin, belief or health is often wrong and can hurt, so check these labels yourself.</source>
            <translation>CLIP 一类的模型从网络上的图片说明中学习，也会重复其中的偏见：它们对人的外貌、出身、信仰或健康的判断常常有误并可能伤人，请亲自核对这些标签。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/curated.py"></location>
            <source>Nearly as fast, and sees finer detail: 151 million weights, photos at 256 × 256.</source>
            <translation>速度相近，能看清更多细节：1.51 亿参数，照片按 256 × 256 分析。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>No download of '{name}' is paused: 'souvenir models list' shows those that are.</source>
            <translation>“{name}”没有暂停的下载：“souvenir models list”会列出已暂停的下载。</translation>
        </message>
        <message>
            <location filename="../../core/library/verification.py"></location>
            <source>Of {value} thumbnails {away} are missing or damaged, and their photos cannot be read now: connect the disks or mend the files, then run 'souvenir rebuild'.</source>
            <translation>{value} 张缩略图中有 {away} 张缺失或损坏，且其照片现在无法读取：请连接磁盘或修复文件，然后运行“souvenir rebuild”。</translation>
        </message>
        <message>
            <location filename="../../core/library/verification.py"></location>
            <source>Of {value} thumbnails {missing} are missing or damaged: 'souvenir rebuild' makes them.</source>
            <translation>{value} 张缩略图中有 {missing} 张缺失或损坏：运行“souvenir rebuild”重新生成。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>Row {number} of {path} has another number of columns than the first line, or nothing in them: correct it there.</source>
            <translation>{path} 第 {number} 行的列数与首行不同，或为空：请在文件中更正。</translation>
        </message>
        <message>
            <location filename="../../core/search/album_names.py"></location>
            <source>Saved searches name each other in a circle, "{names}": have one of them search for something else.</source>
            <translation>保存的搜索循环引用：“{names}”。请让其中一个改为搜索其他内容。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/embeddings.py"></location>
            <source>Some embeddings in the catalogue are damaged: 'souvenir rebuild' makes them again.</source>
            <translation>目录中的部分嵌入数据已损坏：运行“souvenir rebuild”重新生成。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>Souvenir does not load {what} because its files name '{place}', from which programs would be loaded: choose another model.</source>
            <translation>Souvenir 不会加载 {what}，因为其文件指定了“{place}”，会从那里加载程序：请选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/pool.py"></location>
            <source>Souvenir failed on this file; its log tells more.</source>
            <translation>Souvenir 处理此文件时出错，详情见日志。</translation>
        </message>
        <message>
            <location filename="../../core/library/answers.py"></location>
            <location filename="../../core/library/labels.py"></location>
            <source>That photo is not indexed yet: wait for indexing, then retry.</source>
            <translation>该照片尚未索引：请等待索引完成后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/encoder.py"></location>
            <source>The CPU is used because the GPU has too little memory for the model: close other programs that use the GPU and start Souvenir again, or choose a smaller model.</source>
            <translation>显卡内存不足以运行此模型，因此使用 CPU：请关闭其他使用显卡的程序后重新启动 Souvenir，或选择更小的模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/devices.py"></location>
            <source>The CPU is used because the settings say so.</source>
            <translation>根据设置使用 CPU。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/devices.py"></location>
            <source>The CPU is used because {cuda_problem}.</source>
            <translation>使用 CPU：{cuda_problem}。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/devices.py"></location>
            <source>The GPU {cuda} is used.</source>
            <translation>正在使用显卡 {cuda}。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/devices.py"></location>
            <source>The GPU {mps} is used.</source>
            <translation>正在使用显卡 {mps}。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/raw.py"></location>
            <source>The RAW file is damaged or of a camera that is not known.</source>
            <translation>RAW 文件已损坏，或来自未知的相机。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/picture_frames.py"></location>
            <source>The animation is too large to be played.</source>
            <translation>动画过大，无法播放。</translation>
        </message>
        <message>
            <location filename="../../core/filing/encoding.py"></location>
            <source>The animation is too large to be written anew: export the original file.</source>
            <translation>动画太大，无法重新写入：请导出原文件。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/check.py"></location>
            <source>The catalogue file is damaged: {line}.</source>
            <translation>目录文件已损坏：{line}。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/check.py"></location>
            <source>The catalogue has {what} that belong to {parent} it does not have: {number}.</source>
            <translation>目录中有 {number} 条 {what} 记录所属的 {parent} 不存在。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/check.py"></location>
            <source>The catalogue has {what}: {number}.</source>
            <translation>目录中有 {what}：{number}。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>The catalogue {catalogue} is empty although photos were indexed with it: put back a copy of it, or move {root} away and index your folders again.</source>
            <translation>目录 {catalogue} 是空的，但曾用它索引过照片：请恢复其副本，或移走 {root} 后重新索引文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>The catalogue {path} cannot be opened: check that its folder exists and that you may read and write it.</source>
            <translation>无法打开目录 {path}：请检查其文件夹是否存在，以及您是否有读写权限。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>The catalogue {path} cannot be opened: check the permissions of the file and of its folder.</source>
            <translation>无法打开目录 {path}：请检查该文件及其文件夹的权限。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>The catalogue {path} cannot be written: check the permissions of the file and of its folder.</source>
            <translation>无法写入目录 {path}：请检查该文件及其文件夹的权限。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>The catalogue {path} is damaged ({detail}): put back a copy of it, or move it away and index your folders again.</source>
            <translation>目录 {path} 已损坏（{detail}）：请恢复其副本，或将其移走后重新索引文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>The catalogue {path} was closed while it was being read: open it again.</source>
            <translation>目录 {path} 在读取时被关闭：请重新打开。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>The catalogue {self_path} is closed: open it again.</source>
            <translation>目录 {self_path} 已关闭：请重新打开。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>The catalogue {self_path} is {value}: open it for writing.</source>
            <translation>目录 {self_path} 的状态为 {value}：请以写入方式打开。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/check.py"></location>
            <source>The catalogue's index of names disagrees with the names of the files.</source>
            <translation>目录中的名称索引与文件名称不一致。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/download.py"></location>
            <source>The connection to {place} broke off after {fetched} of {total} MB: check the network and try again; the download goes on where it stopped.</source>
            <translation>与 {place} 的连接在下载 {fetched} / {total} MB 后中断：请检查网络后重试，下载会从中断处继续。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/download.py"></location>
            <source>The connection to {place} broke off half way: check the network and try again; the download goes on where it stopped.</source>
            <translation>与 {place} 的连接中途断开：请检查网络后重试，下载会从中断处继续。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/copies.py"></location>
            <source>The copy of {name} in {folder} is damaged, its checksum is wrong: copy it again.</source>
            <translation>{folder} 中 {name} 的副本已损坏，校验和不符：请重新复制。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/pool.py"></location>
            <source>The decoder crashed on this file.</source>
            <translation>解码器处理此文件时崩溃。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/pool.py"></location>
            <source>The decoder took longer than {timeout} seconds and was stopped.</source>
            <translation>解码用时超过 {timeout} 秒，已停止。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>The description of the model '{name}' in {folder} does not make sense ({name2}: {error}): install it again.</source>
            <translation>{folder} 中模型“{name}”的描述有误（{name2}：{error}）：请重新安装。</translation>
        </message>
        <message>
            <location filename="../../core/library/status.py"></location>
            <source>The device is chosen when the first photo is embedded.</source>
            <translation>分析第一张照片时会选择设备。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>The disk failed while the catalogue {path} was read or written ({detail}): check that the disk is connected, healthy and not full, then try again.</source>
            <translation>读写目录 {path} 时磁盘出错（{detail}）：请检查磁盘是否已连接、状态正常且未满，然后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/download.py"></location>
            <source>The disk of {folder} has {value} MB left and the model needs {value2} MB: make room and try again.</source>
            <translation>{folder} 所在磁盘剩余 {value} MB，而模型需要 {value2} MB：请腾出空间后重试。</translation>
        </message>
        <message>
            <location filename="../../core/watching/unreadable.py"></location>
            <source>The disk that belongs here is not plugged in.</source>
            <translation>应在此处的磁盘未连接。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/download.py"></location>
            <source>The download cannot be stored in {folder} ({value}): make room there or check its permissions, and try again; it goes on where it stopped.</source>
            <translation>无法将下载内容保存到 {folder}（{value}）：请腾出空间或检查权限后重试，下载会从中断处继续。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>The download of '{name}' cannot be deleted ({value}): close what uses it and try again.</source>
            <translation>无法删除“{name}”的下载（{value}）：请关闭正在使用它的程序后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/download.py"></location>
            <source>The download was stopped; started again, it goes on where it was.</source>
            <translation>下载已停止，再次开始时会从中断处继续。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/reading.py"></location>
            <source>The file cannot be read: {value}.</source>
            <translation>无法读取文件：{value}。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/reading.py"></location>
            <source>The file ends too early: it may be incomplete.</source>
            <translation>文件提前结束，可能不完整。</translation>
        </message>
        <message>
            <location filename="../../core/filing/encoding.py"></location>
            <location filename="../../core/imaging/reading.py"></location>
            <source>The file is damaged and cannot be decoded.</source>
            <translation>文件已损坏，无法解码。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>The file is damaged or of a kind that Souvenir does not know.</source>
            <translation>文件已损坏，或属于 Souvenir 不支持的类型。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/decoding.py"></location>
            <source>The file is damaged: it states no size.</source>
            <translation>文件已损坏：没有尺寸信息。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/decoding.py"></location>
            <source>The file is damaged: its beginning cannot be read.</source>
            <translation>文件已损坏：无法读取文件开头。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/decoding.py"></location>
            <location filename="../../core/imaging/formats.py"></location>
            <source>The file is empty.</source>
            <translation>文件是空的。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/reading.py"></location>
            <source>The file is larger than 1 GiB, the most that is read.</source>
            <translation>文件超过 1 GiB 的读取上限。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/reading.py"></location>
            <source>The file is no longer there.</source>
            <translation>文件已不存在。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/reading.py"></location>
            <source>The file may not be read: permission denied.</source>
            <translation>没有读取此文件的权限。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>The file {path} belongs to another program: choose another folder for the library.</source>
            <translation>文件 {path} 属于其他程序：请为图库选择其他文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>The file {path} is not a catalogue, or is damaged: put back a copy of it, or move it away and index your folders again.</source>
            <translation>文件 {path} 不是目录或已损坏：请恢复其副本，或将其移走后重新索引文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/watching/unreadable.py"></location>
            <source>The files in this folder cannot be looked at: check its permissions.</source>
            <translation>无法查看此文件夹中的文件：请检查其权限。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>The filter {name}:{value} has no value: write it right after the colon, as in {value2}.</source>
            <translation>筛选条件 {name}:{value} 没有值：请紧接冒号写出，例如 {value2}。</translation>
        </message>
        <message>
            <location filename="../../core/library/filing.py"></location>
            <source>The folder {folder} cannot be made ({strerror}): choose another one.</source>
            <translation>无法创建文件夹 {folder}（{strerror}）：请选择其他文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>The folder {parent} cannot be made ({strerror}): choose another folder for the library.</source>
            <translation>无法创建文件夹 {parent}（{strerror}）：请为图库选择其他文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>The folder {parent} cannot be read ({strerror}): check its permissions, or choose another folder for the library.</source>
            <translation>无法读取文件夹 {parent}（{strerror}）：请检查其权限，或为图库选择其他文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/folders.py"></location>
            <source>The folder {root} holds {folder_path}, which is offline: connect that one, or remove it, before adding the larger folder.</source>
            <translation>文件夹 {root} 包含已离线的 {folder_path}：请先连接或移除后者，再添加这个更大的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/folders.py"></location>
            <source>The folder {root} is inside {folder_path}, which is watched already: nothing needs to be added.</source>
            <translation>文件夹 {root} 位于已监视的 {folder_path} 中，无需添加。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/folders.py"></location>
            <source>The folder {root} needs a full path: say where it is from the root on.</source>
            <translation>文件夹 {root} 需要完整路径：请从根目录开始写出其位置。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The label "{label_name}" has the parent "{parent}", which is not there: add that label first.</source>
            <translation>标签“{label_name}”的上级“{parent}”不存在：请先添加那个标签。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The label "{name}" has an empty {what}: write words in it.</source>
            <translation>标签“{name}”有一条空的 {what}：请填写文字。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The label "{name}" has no prompt: describe in words what its photos show.</source>
            <translation>标签“{name}”没有描述：请用文字描述其照片里有什么。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The label "{name}" has {value} {what}s: keep it to {most_texts}.</source>
            <translation>标签“{name}”的文字过多（{value} {what}）：请控制在 {most_texts} 条以内。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>The labels cannot be written to {path} ({strerror}): choose another place.</source>
            <translation>标签无法写入 {path}（{strerror}）：请选择其他位置。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>The library in {parent} is not set up for this Souvenir yet: index it once, or open it in the window.</source>
            <translation>{parent} 中的图库尚未适配此版本的 Souvenir：请索引一次，或在窗口中打开。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>The library in {parent} was made by a newer Souvenir: update Souvenir to open it; nothing in it was changed.</source>
            <translation>{parent} 中的图库由更新版本的 Souvenir 创建：请更新 Souvenir 后打开，其中的内容未作任何更改。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>The library in {root} cannot be opened ({strerror}): choose another place for it.</source>
            <translation>无法打开 {root} 中的图库（{strerror}）：请选择其他位置。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>The library in {root} cannot be written: check the permissions of its folder, or open it to look and search only.</source>
            <translation>无法写入 {root} 中的图库：请检查其文件夹的权限，或仅打开以浏览和搜索。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>The minus{value} has no word after it: write -word to leave photos out.</source>
            <translation>减号{value}后面没有词语：请写成“-词语”来排除照片。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/encoder.py"></location>
            <source>The model '{model_name}' does not compute ({value}): its description and its weights do not belong together, so choose another one.</source>
            <translation>模型“{model_name}”无法运算（{value}）：其描述与权重不匹配，请选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/encoder.py"></location>
            <source>The model '{model_name}' makes no vectors of {dim} usual numbers: its weights are damaged, so get them again.</source>
            <translation>模型“{model_name}”无法生成由 {dim} 个正常数值组成的向量：其权重已损坏，请重新获取。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>The model '{name}' cannot be removed ({value}): close what uses it and try again.</source>
            <translation>无法移除模型“{name}”（{value}）：请关闭正在使用它的程序后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>The model '{name}' cannot be stored in {cache} ({value}): make room there or check its permissions, and try again.</source>
            <translation>无法将模型“{name}”保存到 {cache}（{value}）：请腾出空间或检查权限后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/building.py"></location>
            <source>The model '{name}' cannot be used ({value}): choose another one.</source>
            <translation>无法使用模型“{name}”（{value}）：请选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>The model '{name}' is not installed: 'souvenir models download {name}' gets it, 'souvenir models use starter' goes back to Souvenir's own.</source>
            <translation>未安装模型“{name}”：请在“设置”的“模型”页中下载，或改用入门模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>The model '{name}' is not installed: 'souvenir models list' shows those that are.</source>
            <translation>未安装模型“{name}”：“设置”的“模型”页列出了已安装的模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>The model '{name}' is not opened because its description leads to '{place}', a place on the network or the disk: remove it with 'souvenir models remove' and choose another one.</source>
            <translation>未打开模型“{name}”，因为其描述指向“{place}”，即网络或磁盘上的位置：请用“souvenir models remove”将其移除，并选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/encoder.py"></location>
            <source>The model '{name}' needs more memory than the device has: choose a smaller model, or the CPU in the settings.</source>
            <translation>模型“{name}”所需的内存超出设备容量：请选择更小的模型，或在设置中选择 CPU。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/building.py"></location>
            <source>The model '{name}' takes more memory than its file explains, or than there is: close other programs, or choose another model.</source>
            <translation>模型“{name}”所需内存超出其文件应有的大小，或超出可用内存：请关闭其他程序，或选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>The model in {folder} cannot be read ({error}): install it again.</source>
            <translation>无法读取 {folder} 中的模型（{error}）：请重新安装。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/weights.py"></location>
            <source>The model in {parent} lacks the tensor '{name}': install it again.</source>
            <translation>{parent} 中的模型缺少张量“{name}”：请重新安装。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/embeddings.py"></location>
            <source>The model {key} makes vectors of {dim} numbers but was stored with {value}: install it again under another name.</source>
            <translation>模型 {key} 生成 {dim} 维向量，但存储的是 {value} 维：请以其他名称重新安装。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/curated.py"></location>
            <source>The most accurate of the English ones: 428 million weights; slow without a GPU.</source>
            <translation>英语模型中最准确的一个：4.28 亿个权重；没有 GPU 时较慢。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/tokenizer.py"></location>
            <source>The package open_clip_torch is missing: install Souvenir again.</source>
            <translation>缺少软件包 open_clip_torch：请重新安装 Souvenir。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The parents of the label "{label_name}" go round: give it another one.</source>
            <translation>标签“{label_name}”的上级形成循环：请换一个上级。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The parents of the label "{name}" go round: give it another one.</source>
            <translation>标签“{name}”的上级形成循环：请换一个上级。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/decoding.py"></location>
            <source>The photo is larger than {value} megapixels, the most that is decoded.</source>
            <translation>照片超过 {value} 百万像素的解码上限。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/allowance.py"></location>
            <source>The photo needs more memory than decoding may use.</source>
            <translation>解码此照片所需的内存超出限制。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/pool.py"></location>
            <source>The processes that decode photos cannot be started: close other programs, then index again.</source>
            <translation>无法启动解码照片的进程：请关闭其他程序后重新索引。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/encoder_process.py"></location>
            <source>The program that embeds photos cannot be started ({strerror}): close other programs, then index again.</source>
            <translation>无法启动分析照片的程序（{strerror}）：请关闭其他程序后重新索引。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/encoder_process.py"></location>
            <source>The program that embeds photos stopped unexpectedly: close other programs if memory is short, or choose the CPU or a smaller model in the settings.</source>
            <translation>分析照片的程序意外停止：如果内存不足，请关闭其他程序，或在设置中选择 CPU 或更小的模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/building.py"></location>
            <source>The program that tries the model '{name}' stopped unexpectedly: close other programs if memory is short, or choose another model.</source>
            <translation>试用模型“{name}”的程序意外停止：如果内存不足，请关闭其他程序，或选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>The query has more than {most_conditions} filters and words to leave out: take some of them away.</source>
            <translation>此搜索的筛选条件和排除词超过 {most_conditions} 个：请去掉一些。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>The query is {value} characters long: keep it under {max_length}.</source>
            <translation>搜索内容长达 {value} 个字符：请控制在 {max_length} 个以内。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>The quotes{value} hold nothing: write words in them.</source>
            <translation>引号{value}中没有内容：请在其中写入词语。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>The quote{value} is not closed: add a closing quote.</source>
            <translation>引号{value}没有闭合：请补上后引号。</translation>
        </message>
        <message>
            <location filename="../../core/search/album_names.py"></location>
            <source>The saved search "{name}" names itself: have it search for something else, or give it another name.</source>
            <translation>保存的搜索“{name}”引用了自身：请让它搜索其他内容，或为它换个名称。</translation>
        </message>
        <message>
            <location filename="../../core/settings.py"></location>
            <source>The setting '{field_name}' in {path} must be {expected}: mend or delete it.</source>
            <translation>{path} 中的设置“{field_name}”必须是{expected}：请修正或删除。</translation>
        </message>
        <message>
            <location filename="../../core/settings.py"></location>
            <source>The setting '{name}' must be {expected}.</source>
            <translation>设置“{name}”必须是{expected}。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/devices.py"></location>
            <source>The settings ask for a CUDA GPU, but {cuda_problem}: the CPU is used.</source>
            <translation>设置要求使用 CUDA 显卡，但无法使用（{cuda_problem}），因此使用 CPU。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/devices.py"></location>
            <source>The settings ask for an Apple GPU, but {mps_problem}: the CPU is used.</source>
            <translation>设置要求使用 Apple 图形处理器，但无法使用（{mps_problem}），因此使用 CPU。</translation>
        </message>
        <message>
            <location filename="../../core/watching/watcher.py"></location>
            <source>The settings ask for it.</source>
            <translation>设置如此要求。</translation>
        </message>
        <message>
            <location filename="../../core/settings.py"></location>
            <source>The settings cannot be kept in {path} ({strerror}): make room or check the permissions there, then choose again.</source>
            <translation>无法将设置保存到 {path}（{strerror}）：请腾出空间或检查该处的权限，然后重新选择。</translation>
        </message>
        <message>
            <location filename="../../core/settings.py"></location>
            <source>The settings in {path} are not JSON in UTF-8: mend or delete that file.</source>
            <translation>{path} 中的设置不是 UTF-8 编码的 JSON：请修正或删除该文件。</translation>
        </message>
        <message>
            <location filename="../../core/settings.py"></location>
            <source>The settings in {path} are not a table: mend or delete that file.</source>
            <translation>{path} 中的设置不是键值表：请修正或删除该文件。</translation>
        </message>
        <message>
            <location filename="../../core/settings.py"></location>
            <source>The settings in {path} are not valid JSON from line {lineno}, column {colno} on: mend or delete that file.</source>
            <translation>{path} 中的设置从第 {lineno} 行第 {colno} 列起不是有效的 JSON：请修正或删除该文件。</translation>
        </message>
        <message>
            <location filename="../../core/settings.py"></location>
            <source>The settings in {path} cannot be read ({strerror}): mend or delete that file.</source>
            <translation>无法读取 {path} 中的设置（{strerror}）：请修正或删除该文件。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>The starter model comes with Souvenir and cannot be removed.</source>
            <translation>入门模型随 Souvenir 附带，无法移除。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/pool.py"></location>
            <source>The system ended the decoder of this file, most likely for want of memory: close other programs, then retry.</source>
            <translation>系统终止了此文件的解码器，很可能是内存不足：请关闭其他程序，然后重试。</translation>
        </message>
        <message>
            <location filename="../../core/watching/watcher.py"></location>
            <source>The system gives no events for this folder ({value}).</source>
            <translation>系统不报告此文件夹的更改（{value}）。</translation>
        </message>
        <message>
            <location filename="../../core/library/tag_listing.py"></location>
            <source>The tags cannot be written to {path} ({strerror}): choose another place.</source>
            <translation>标签数据无法写入 {path}（{strerror}）：请选择其他位置。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The template "{template}" of the label "{name}" has no {}: write {} where the prompt is to stand.</source>
            <translation>标签“{name}”的句式“{template}”中没有 {}：请在描述应出现的位置写 {}。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>The threshold of the label "{name}" is {threshold}: write a relevance from 0 to 1.</source>
            <translation>标签“{name}”的界线为 {threshold}：请写 0 到 1 之间的相关度。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>The tokenizer '{name}' cannot be had ({value}): install the package 'transformers' with pip, and go online to download the model, or put the files of the tokenizer beside the one to import.</source>
            <translation>无法获得分词器“{name}”（{value}）：请用 pip 安装软件包“transformers”并联网下载模型，或将分词器的文件放在要导入的文件旁边。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/tokenizer.py"></location>
            <source>The vocabulary of open_clip cannot be read ({error}): install Souvenir again.</source>
            <translation>无法读取 open_clip 的词表（{error}）：请重新安装 Souvenir。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>The weights in {checkpoint_name} do not fit the architecture: name the right one with --arch.</source>
            <translation>{checkpoint_name} 中的权重与架构不符：请指定正确的架构。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/copies.py"></location>
            <source>The weights in {folder} cannot be read ({strerror}): copy them again.</source>
            <translation>无法读取 {folder} 中的权重（{strerror}）：请重新复制。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>The weights of the model '{name}' cannot be read ({error}): install it again.</source>
            <translation>无法读取模型“{name}”的权重（{error}）：请重新安装。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/weights.py"></location>
            <source>The weights {path} are damaged or cut off ({error}): install the model again.</source>
            <translation>权重 {path} 已损坏或不完整（{error}）：请重新安装模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/weights.py"></location>
            <source>The weights {path} cannot be read ({error}): install the model again.</source>
            <translation>无法读取权重 {path}（{error}）：请重新安装模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/towers.py"></location>
            <source>The words of the model '{model_name}' cannot be read ({value}): install the package 'transformers' with pip, then the model again.</source>
            <translation>无法读取模型“{model_name}”的词表（{value}）：请用 pip 安装软件包“transformers”，然后重新安装模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/vocabulary.py"></location>
            <source>The words of the model in {parent} cannot be read ({error}): install it again.</source>
            <translation>无法读取 {parent} 中模型的词汇（{error}）：请重新安装。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>The {config_file} beside {checkpoint_name} is not what open_clip writes ({name}: {error}): mend it, or name the architecture with --arch.</source>
            <translation>{checkpoint_name} 旁的 {config_file} 不符合 open_clip 的格式（{name}：{error}）：请修正，或指定架构。</translation>
        </message>
        <message>
            <location filename="../../core/watching/watcher.py"></location>
            <source>There are more directories than the system lets programs watch (raise fs.inotify.max_user_watches to follow them live).</source>
            <translation>文件夹数量超出系统允许监视的上限（可提高 fs.inotify.max_user_watches 以实时跟踪）。</translation>
        </message>
        <message>
            <location filename="../../core/library/labels.py"></location>
            <source>There are no photos to compare with yet: index a folder of photos first.</source>
            <translation>还没有可供比较的照片：请先索引一个照片文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>There are two labels called "{label_name}": rename one of them.</source>
            <translation>有两个名为“{label_name}”的标签：请重命名其中一个。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>There is a model '{name}' already: remove it, or give another name.</source>
            <translation>已经有名为“{name}”的模型：请移除它，或换一个名称。</translation>
        </message>
        <message>
            <location filename="../../core/library/albums.py"></location>
            <source>There is no album "{name}": 'souvenir albums list' shows those there are.</source>
            <translation>没有名为“{name}”的相册：用“souvenir albums list”可列出已有相册。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>There is no file {checkpoint}: name a checkpoint to import.</source>
            <translation>文件 {checkpoint} 不存在：请选择要导入的模型文件。</translation>
        </message>
        <message>
            <location filename="../../core/search/query.py"></location>
            <source>There is no filter "{name}:"{value}: use {known}, or put the words in quotes to search for them.</source>
            <translation>没有筛选条件“{name}:”{value}：请使用 {known}，或将词语放入引号中进行搜索。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>There is no imported model '{name}': 'souvenir models list' shows those there are, 'souvenir models use starter' goes back to Souvenir's own.</source>
            <translation>没有导入的模型“{name}”：“设置”的“模型”页列出了现有模型，也可改用入门模型。</translation>
        </message>
        <message>
            <location filename="../../core/library/labels.py"></location>
            <source>There is no label "{name_or_id}": 'souvenir labels list' shows those there are.</source>
            <translation>没有名为“{name_or_id}”的标签：用“souvenir labels list”可列出已有标签。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>There is no library in {parent}: index a folder first.</source>
            <translation>{parent} 中没有图库：请先索引一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>There is no library in {root} yet: index a folder of photos first.</source>
            <translation>{root} 中还没有图库：请先索引一个照片文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/models.py"></location>
            <source>There is no model '{name}': 'souvenir models list' shows those there are, 'souvenir models use starter' goes back to Souvenir's own.</source>
            <translation>没有模型“{name}”：“设置”的“模型”页列出了现有模型，也可改用入门模型。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/failures.py"></location>
            <source>There is no room left for the catalogue {path}: free some space on its disk and try again; nothing that was stored before is lost.</source>
            <translation>磁盘没有空间保存目录 {path}：请腾出空间后重试，之前保存的内容不会丢失。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>There is no room left on the disk of the library in {root}: free some space, or open it to look and search only.</source>
            <translation>图库 {root} 所在的磁盘空间不足：请腾出空间，或仅打开以浏览和搜索。</translation>
        </message>
        <message>
            <location filename="../../core/library/roots.py"></location>
            <source>There is nothing in {folder_path} at the moment: connect its disk, or copy its files there first.</source>
            <translation>{folder_path} 目前是空的：请先连接其磁盘，或将文件复制到那里。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>There is too little memory for {what}: close other programs, or choose a smaller model.</source>
            <translation>内存不足，无法处理 {what}：请关闭其他程序，或选择较小的模型。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/albums.py"></location>
            <source>This album is not there any more: choose another one.</source>
            <translation>此相册已不存在：请选择其他相册。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This file describes a photo, it is not one.</source>
            <translation>此文件用于描述照片，本身不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/watching/unreadable.py"></location>
            <source>This folder cannot be read ({reason}): check the disk, or the share, that it is on.</source>
            <translation>无法读取此文件夹（{reason}）：请检查其所在的磁盘或共享。</translation>
        </message>
        <message>
            <location filename="../../core/watching/unreadable.py"></location>
            <source>This folder cannot be read: check its permissions.</source>
            <translation>无法读取此文件夹：请检查其权限。</translation>
        </message>
        <message>
            <location filename="../../core/watching/watcher.py"></location>
            <source>This folder is not there.</source>
            <translation>此文件夹不存在。</translation>
        </message>
        <message>
            <location filename="../../core/watching/watcher.py"></location>
            <source>This folder is on a network file system ({kind}), which sends no events.</source>
            <translation>此文件夹位于网络文件系统（{kind}）上，不会报告更改。</translation>
        </message>
        <message>
            <location filename="../../core/watching/unreadable.py"></location>
            <source>This folder lies too deep to be read, its path is longer than the system allows: move it up, or give the folders that it lies in shorter names.</source>
            <translation>此文件夹层级过深，路径超出系统允许的长度，无法读取：请将其上移，或缩短上级文件夹的名称。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/reading.py"></location>
            <source>This is a device or a pipe, not a photo.</source>
            <translation>这是设备或管道，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a document, not a photo.</source>
            <translation>这是文档，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a drawing, not a photo.</source>
            <translation>这是绘图，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/reading.py"></location>
            <source>This is a folder, not a photo.</source>
            <translation>这是文件夹，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a macOS resource file, not a photo.</source>
            <translation>这是 macOS 资源文件，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a program's own file, not a photo.</source>
            <translation>这是程序自身的文件，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a sound recording, not a photo.</source>
            <translation>这是录音，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a text file, not a photo.</source>
            <translation>这是文本文件，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a video or a sound recording, not a photo.</source>
            <translation>这是视频或录音，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is a video, not a photo.</source>
            <translation>这是视频，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is an archive, not a photo.</source>
            <translation>这是压缩文件，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/imaging/formats.py"></location>
            <source>This is an icon, not a photo.</source>
            <translation>这是图标，不是照片。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/labels.py"></location>
            <source>This label is not there any more: choose another one.</source>
            <translation>此标签已不存在：请选择另一个。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>This library is open for reading only: another Souvenir writes.</source>
            <translation>此图库以只读方式打开：另一个 Souvenir 正在写入。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>This library is open for reading only: check the permissions of its folder.</source>
            <translation>此图库以只读方式打开：请检查其文件夹的权限。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>This library is open for reading only: free some space on its disk, then open it again.</source>
            <translation>此图库以只读方式打开：请在其磁盘上腾出空间，然后重新打开。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>This model reads words with the package 'transformers': install that with pip, then try again.</source>
            <translation>此模型需要软件包“transformers”来读取文字：请用 pip 安装后重试。</translation>
        </message>
        <message>
            <location filename="../../core/search/album_photos.py"></location>
            <source>This query leads to more than {most} saved searches: name fewer of them, or such as name no others.</source>
            <translation>此搜索会引出 {most} 个以上保存的搜索：请少引用一些，或引用不含其他相册的搜索。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/searches.py"></location>
            <source>This saved search is not there any more: choose another one.</source>
            <translation>此保存的搜索已不存在：请选择其他搜索。</translation>
        </message>
        <message>
            <location filename="../../core/search/album_photos.py"></location>
            <source>What is saved as "{album_name}" cannot be understood: {error}</source>
            <translation>无法理解保存的搜索“{album_name}”：{error}</translation>
        </message>
        <message>
            <location filename="../../core/embedding/download.py"></location>
            <source>What {netloc} sent is damaged, its checksum is wrong: try again.</source>
            <translation>{netloc} 发送的内容已损坏，校验和不符：请重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>Which architecture is {checkpoint_name}? Name it with --arch, as in --arch ViT-B-32, or put its {config_file} beside it.</source>
            <translation>{checkpoint_name} 是什么架构？请指定架构，例如 ViT-B-32，或将其 {config_file} 放在旁边。</translation>
        </message>
        <message>
            <location filename="../../core/library/tag_writing.py"></location>
            <source>Writing tags is off for {folder_path}: switch it on in the settings of folders, or with 'souvenir folders tags sidecar {folder_path}'.</source>
            <translation>{folder_path} 未开启标签写入：请在文件夹设置中开启，或使用“souvenir folders tags sidecar {folder_path}”。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>label {number} has "{value}", which means nothing here: use {value2}.</source>
            <translation>第 {number} 个标签含有“{value}”，此处没有意义：请使用 {value2}。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>open_clip cannot load {what} ({value}): install it again, or choose another model.</source>
            <translation>open_clip 无法加载 {what}（{value}）：请重新安装，或选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>open_clip has no weights '{weights}' for {architecture}; choose from: {known}.</source>
            <translation>open_clip 没有 {architecture} 的权重“{weights}”，可选：{known}。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>open_clip knows no architecture '{architecture}'; {value}</source>
            <translation>open_clip 没有架构“{architecture}”；{value}</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/towers.py"></location>
            <source>the GPU does not work with this torch ({value})</source>
            <translation>显卡无法与此版本的 torch 配合工作（{value}）</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/towers.py"></location>
            <source>this is not an Apple computer with a GPU</source>
            <translation>这不是带有图形处理器的 Apple 电脑</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/towers.py"></location>
            <source>this macOS is too old for torch's Metal support</source>
            <translation>此 macOS 版本过旧，不支持 torch 的 Metal</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>{checkpoint_name} is no checkpoint: a name that ends in {value} is expected.</source>
            <translation>{checkpoint_name} 不是模型文件：文件名应以 {value} 结尾。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>{checkpoint_name} is not a checkpoint, or it is damaged: get it again.</source>
            <translation>{checkpoint_name} 不是模型文件或已损坏：请重新获取。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>{checkpoint_name} is refused because it holds {what}, which could run code: ask its author for a safetensors file.</source>
            <translation>已拒绝 {checkpoint_name}，因为其中含有可能运行代码的 {what}：请向作者索取 safetensors 文件。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/checkpoints.py"></location>
            <source>{checkpoint_name} is refused because it is a TorchScript program, not plain weights: ask its author for a safetensors file.</source>
            <translation>已拒绝 {checkpoint_name}，因为它是 TorchScript 程序而不是单纯的权重：请向作者索取 safetensors 文件。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/install.py"></location>
            <source>{checkpoint_name} is refused because its description leads to '{place}', a place on the network or the disk: ask its author for the name of the architecture.</source>
            <translation>已拒绝 {checkpoint_name}，因为其描述指向“{place}”，即网络或磁盘上的位置：请向作者询问架构的名称。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/copies.py"></location>
            <source>{folder} holds no weights: copy {weights_file} into it as well.</source>
            <translation>{folder} 中没有权重：请把 {weights_file} 也复制进去。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/copies.py"></location>
            <source>{folder} holds {value} checkpoints: name the file to import.</source>
            <translation>{folder} 中有 {value} 个检查点：请指定要导入的文件。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{name} cannot be used: {error}</source>
            <translation>{name} 无法使用：{error}</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{name} has no [[labels]]: begin each label with such a line.</source>
            <translation>{name} 中没有 [[labels]]：请让每个标签以这样一行开头。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{name} has {value} labels and a library holds up to {most_labels}: keep those that you need.</source>
            <translation>{name} 中有 {value} 个标签，而一个图库最多容纳 {most_labels} 个：请保留需要的。</translation>
        </message>
        <message>
            <location filename="../../core/library/shelf.py"></location>
            <source>{name} is in use: choose another with 'souvenir models use' first.</source>
            <translation>{name} 正在使用中：请先选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{name} is no TOML file ({error}): correct it there.</source>
            <translation>{name} 不是 TOML 文件（{error}）：请在文件中更正。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/towers.py"></location>
            <source>{own} can use no CUDA GPU ({value})</source>
            <translation>{own} 无法使用 CUDA 显卡（{value}）</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/towers.py"></location>
            <source>{own} was built for the CPU only</source>
            <translation>{own} 仅支持 CPU</translation>
        </message>
        <message>
            <location filename="../../core/embedding/openclip/towers.py"></location>
            <source>{own}, built for {value}, finds no GPU that it can use</source>
            <translation>{own}（为 {value} 构建）找不到可用的显卡</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{path} cannot be read ({strerror}): choose a file of labels.</source>
            <translation>{path} 无法读取（{strerror}）：请选择一个标签文件。</translation>
        </message>
        <message>
            <location filename="../../core/filing/placing.py"></location>
            <source>{path} is a link, which is never written through: name another file.</source>
            <translation>{path} 是一个链接，Souvenir 不会通过链接写入：请指定其他文件。</translation>
        </message>
        <message>
            <location filename="../../core/library/tag_writing.py"></location>
            <source>{path} is a part of {folder_path}: writing tags is switched for that as a whole.</source>
            <translation>{path} 是 {folder_path} 的一部分：标签写入只能对整个文件夹设置。</translation>
        </message>
        <message>
            <location filename="../../core/library/tag_writing.py"></location>
            <source>{path} is in no watched folder: add it with 'souvenir index' first.</source>
            <translation>{path} 不在任何被监视的文件夹中：请先用“souvenir index”添加。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{path} is neither a .toml nor a .csv file: choose one of these.</source>
            <translation>{path} 既不是 .toml 也不是 .csv 文件：请选择其中一种。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{path} is no CSV file ({error}): correct it there.</source>
            <translation>{path} 不是 CSV 文件（{error}）：请在文件中更正。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{path} is no file of labels: choose another one.</source>
            <translation>{path} 不是标签文件：请选择其他文件。</translation>
        </message>
        <message>
            <location filename="../../core/library/labels.py"></location>
            <source>{path} is no photo of this library: index its folder, or check the name.</source>
            <translation>{path} 不是此图库的照片：请索引其所在文件夹，或检查名称。</translation>
        </message>
        <message>
            <location filename="../../core/library/tag_listing.py"></location>
            <source>{path} is no place for tags: name a .json or .csv file.</source>
            <translation>{path} 不能保存标签数据：请指定 .json 或 .csv 文件。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{path} is no text in UTF-8: save it as such.</source>
            <translation>{path} 不是 UTF-8 文本：请以 UTF-8 保存。</translation>
        </message>
        <message>
            <location filename="../../core/library/roots.py"></location>
            <source>{path} is not a folder: check the name, or plug its disk in.</source>
            <translation>{path} 不是文件夹：请检查名称，或连接所在磁盘。</translation>
        </message>
        <message>
            <location filename="../../core/library/roots.py"></location>
            <source>{path} is not a watched folder: 'souvenir folders list' names them.</source>
            <translation>{path} 不是监视的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/library/tag_writing.py"></location>
            <source>{path} is not there at the moment: connect its disk, or check the name.</source>
            <translation>{path} 目前不存在：请连接其磁盘，或检查名称。</translation>
        </message>
        <message>
            <location filename="../../core/library/roots.py"></location>
            <source>{path} is the library's own folder: choose one with photos.</source>
            <translation>{path} 是图库自身的文件夹：请选择存放照片的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/tagging/files.py"></location>
            <source>{path} is too large for a file of labels: choose another one.</source>
            <translation>{path} 作为标签文件过大：请选择另一个。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/hub.py"></location>
            <source>{place} cannot be reached ({why}): go online, name a mirror or a proxy (in the settings, or with --mirror and --proxy), or download the file elsewhere and import it.</source>
            <translation>无法连接 {place}（{why}）：请联网，指定镜像或代理（在设置中，或用 --mirror 和 --proxy），或者在别处下载文件后导入。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/hub.py"></location>
            <source>{place} does not give the model ({code} {reason}): choose another model, or import its file.</source>
            <translation>{place} 不提供此模型（{code} {reason}）：请选择其他模型，或导入其文件。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/hub.py"></location>
            <source>{place} gives {repository} only to those who accepted its terms: accept them on its page, put your token into HF_TOKEN and try again.</source>
            <translation>{place} 只向接受其条款的人提供 {repository}：请在其页面接受条款，将令牌填入 HF_TOKEN 后重试。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/hub.py"></location>
            <source>{place} has no {repository} (404): check the name, or choose another model.</source>
            <translation>{place} 上没有 {repository}（404）：请检查名称，或选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/watching/watcher.py"></location>
            <source>{reason} It is looked through every {poll_seconds} seconds.</source>
            <translation>{reason}每 {poll_seconds} 秒检查一次。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/hub.py"></location>
            <source>{repository} on {place} has no {value} (404): choose another model.</source>
            <translation>{place} 上的 {repository} 没有 {value}（404）：请选择其他模型。</translation>
        </message>
        <message>
            <location filename="../../core/library/opening.py"></location>
            <source>{root} is a file: name a folder for the library.</source>
            <translation>{root} 是文件：请为图库指定一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/catalogue.py"></location>
            <source>{self_path} is in the way of the catalogue: move it to another place.</source>
            <translation>{self_path} 占用了目录的位置：请将其移到别处。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/copies.py"></location>
            <source>{source} holds no model: name a folder with {config_file} and {weights_file} in it.</source>
            <translation>{source} 中没有模型：请指定含有 {config_file} 和 {weights_file} 的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/embedding/copies.py"></location>
            <source>{source} holds {value} models: name the folder of one of them.</source>
            <translation>{source} 中有 {value} 个模型：请指定其中一个的文件夹。</translation>
        </message>
        <message>
            <location filename="../../core/vectors/store.py"></location>
            <source>{what}: {value}, the first is photo {value2}.</source>
            <translation>{what}：{value}，第一张是照片 {value2}。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/given_names.py"></location>
            <source>{whose} called "{value}" is there already: choose another name.</source>
            <translation>已有名为“{value}”的{whose}：请换一个名称。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/given_names.py"></location>
            <source>{whose} needs a name: write one.</source>
            <translation>{whose}需要名称：请输入。</translation>
        </message>
        <message>
            <location filename="../../core/catalog/given_names.py"></location>
            <source>{whose}'s name may have {longest} characters: write a shorter one.</source>
            <translation>{whose}的名称最多 {longest} 个字符：请缩短。</translation>
        </message>
        <message>
            <location filename="../../core/filing/pattern.py"></location>
            <source>“{part}” cannot be filled in: the placeholders are {value}.</source>
            <translation>无法填入“{part}”：可用的占位符为 {value}。</translation>
        </message>
    </context>
    <context>
        <name>dates</name>
        <message>
            <location filename="../../app/dates.py"></location>
            <source>MMMM yyyy</source>
            <comment>a month: Qt's letters for dates</comment>
            <translation>yyyy年M月</translation>
        </message>
        <message>
            <location filename="../../app/dates.py"></location>
            <source>d MMM yyyy</source>
            <comment>a short day: Qt's letters for dates</comment>
            <translation>yyyy年M月d日</translation>
        </message>
        <message>
            <location filename="../../app/dates.py"></location>
            <source>d MMM yyyy, HH:mm</source>
            <comment>a moment: Qt's letters for dates</comment>
            <translation>yyyy年M月d日 HH:mm</translation>
        </message>
        <message>
            <location filename="../../app/dates.py"></location>
            <source>d MMMM yyyy</source>
            <comment>a day: Qt's letters for dates</comment>
            <translation>yyyy年M月d日</translation>
        </message>
        <message>
            <location filename="../../app/dates.py"></location>
            <source>ddd d MMM</source>
            <comment>a day of the week: Qt's letters for dates</comment>
            <translation>M月d日 dddd</translation>
        </message>
        <message>
            <location filename="../../app/dates.py"></location>
            <source>yyyy</source>
            <comment>a year: Qt's letters for dates</comment>
            <translation>yyyy年</translation>
        </message>
    </context>
    <context>
        <name>file_wording</name>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>A name cannot end with a dot or a space.</source>
            <translation>名称不能以句点或空格结尾。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>A name cannot hold &lt; &gt; : " / \ | ? *</source>
            <translation>名称不能包含 &lt; &gt; : " / \ | ? *</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>A name that begins with a dot hides the file.</source>
            <translation>以句点开头的名称会隐藏文件。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>The name is empty.</source>
            <translation>名称为空。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>The name is too long.</source>
            <translation>名称过长。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>Windows keeps this name for itself.</source>
            <translation>此名称为 Windows 保留名称。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>and {files} more</source>
            <translation>以及另外 {files}</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} cannot be linked to from there: copy it instead.</source>
            <translation>无法从那里链接到 {name}：请改用复制。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} cannot be read as a photo.</source>
            <translation>无法将 {name} 作为照片读取。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} has a sidecar that cannot be understood: mend it or move it away.</source>
            <translation>{name} 旁边的 .xmp 文件无法识别：请修复或移走它。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} has no room there: make room on the disk and try again.</source>
            <translation>目标磁盘没有足够空间存放 {name}，请腾出空间后重试。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} is another file than the library knows: wait for indexing.</source>
            <translation>{name} 与图库所知的文件不同：请等待索引完成。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} is no longer there.</source>
            <translation>{name} 已不存在。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} may not be changed or written there: permission is missing.</source>
            <translation>没有权限更改 {name} 或在该处写入。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} was being changed meanwhile, and was left where it is.</source>
            <translation>{name} 在此期间被更改，已保留在原处。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name} was left alone: it, its sidecar or its folder is a link. Put what it leads to in its place.</source>
            <translation>未改动 {name}：它、其附属文件或所在文件夹是一个链接。请用链接指向的内容替换该链接。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name}: another file has that name by now; it was left alone.</source>
            <translation>{name}：已有其他文件使用该名称，未作更改。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name}: its disk is not here; plug it in and try again.</source>
            <translation>{name}：所在磁盘未连接，请连接后重试。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name}: the disk does not take the new name; choose another one.</source>
            <translation>{name}：磁盘不接受新名称，请换一个名称。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name}: the disk reports “{detail}”.</source>
            <translation>{name}：磁盘报告“{detail}”。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name}: the disk wrote something else; check it. The file is untouched.</source>
            <translation>{name}：磁盘写入的内容不一致，请检查磁盘。原文件未受影响。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name}: the folder is not there; plug its disk in and try again.</source>
            <translation>{name}：文件夹不存在，请连接所在磁盘后重试。</translation>
        </message>
        <message>
            <location filename="../../app/files/wording.py"></location>
            <source>{name}: there is no trash on its disk, so it was left where it is.</source>
            <translation>{name}：所在磁盘没有回收站，已保留在原处。</translation>
        </message>
    </context>
    <context>
        <name>folder_dialog</name>
        <message>
            <location filename="../../app/sidebar/folder_dialog.py"></location>
            <source>Look in:</source>
            <translation>位置：</translation>
        </message>
        <message>
            <location filename="../../app/sidebar/folder_dialog.py"></location>
            <source>Show:</source>
            <translation>显示：</translation>
        </message>
    </context>
    <context>
        <name>inspector_words</name>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Added</source>
            <translation>添加时间</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Dates</source>
            <translation>日期</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Exposure</source>
            <translation>曝光</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Lens</source>
            <translation>镜头</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Place</source>
            <translation>地点</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Relevance</source>
            <translation>相关度</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>Taken</source>
            <translation>拍摄时间</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>various</source>
            <translation>多个值</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>{n} mm</source>
            <translation>{n} 毫米</translation>
        </message>
        <message>
            <location filename="../../app/inspector/words.py"></location>
            <source>{t} s</source>
            <translation>{t} 秒</translation>
        </message>
    </context>
    <context>
        <name>label_commands</name>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Change prompts…</source>
            <translation>更改描述…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Export labels…</source>
            <translation>导出标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Export tags…</source>
            <translation>导出标签数据…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Import labels…</source>
            <translation>导入标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Label sets…</source>
            <translation>标签集…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Labels on photos</source>
            <translation>在照片上显示标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>New label…</source>
            <translation>新建标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>No, the label does not fit</source>
            <translation>否，此标签不符合</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Remove label</source>
            <translation>移除标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Switch label on or off</source>
            <translation>打开或关闭标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Tag with a label…</source>
            <translation>添加标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Teach…</source>
            <translation>训练…</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <location filename="../../app/labels/commands.py"></location>
            <source>Yes, the label fits</source>
            <translation>是，此标签符合</translation>
        </message>
    </context>
    <context>
        <name>label_words</name>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Change prompts…</source>
            <translation>更改描述…</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Export labels…</source>
            <translation>导出标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Import labels…</source>
            <translation>导入标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Label sets…</source>
            <translation>标签集…</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>New label…</source>
            <translation>新建标签…</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Remove label</source>
            <translation>移除标签</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Switch off</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Switch on</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="../../app/labels/words.py"></location>
            <source>Teach…</source>
            <translation>训练…</translation>
        </message>
    </context>
    <context>
        <name>menus</name>
        <message>
            <location filename="../../app/window/menus.py"></location>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <location filename="../../app/window/menus.py"></location>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../app/window/menus.py"></location>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <location filename="../../app/window/menus.py"></location>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <location filename="../../app/window/menus.py"></location>
            <source>View</source>
            <translation>显示</translation>
        </message>
    </context>
    <context>
        <name>status</name>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>As fast as this computer can.</source>
            <translation>以这台电脑的最快速度运行。</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Catalogue</source>
            <translation>目录</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Full</source>
            <translation>全速</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Gentle</source>
            <translation>轻柔</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Indexing</source>
            <translation>正在索引</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Indexing {folder}</source>
            <translation>正在索引“{folder}”</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Leaves room for what else you do.</source>
            <translation>为您的其他工作留出余地。</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Looking for photos…</source>
            <translation>正在查找照片…</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Normal</source>
            <translation>正常</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Search index</source>
            <translation>搜索索引</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Starter model</source>
            <translation>入门模型</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Stays in the background: other programs come first.</source>
            <translation>保持在后台，其他程序优先。</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Thumbnails</source>
            <translation>缩略图</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>Up to date</source>
            <translation>就绪</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>{done} of {total}</source>
            <translation>{done} / {total}</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>{done} of {total} so far</source>
            <translation>目前 {done} / {total}</translation>
        </message>
        <message>
            <location filename="../../app/status/words.py"></location>
            <source>{number} not read</source>
            <translation>{number}未读取</translation>
        </message>
    </context>
    <context>
        <name>viewer</name>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Actual size, 100 %</source>
            <translation>实际大小，100%</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Back to the photos</source>
            <translation>返回照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Filmstrip</source>
            <translation>胶片栏</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>First photo</source>
            <translation>第一张照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Fit or actual size</source>
            <translation>适合窗口或实际大小</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Fit to the window</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Full screen</source>
            <translation>全屏</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Go on to the less likely photos</source>
            <translation>继续查看可能性较低的照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Last photo</source>
            <translation>最后一张照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Next photo</source>
            <translation>下一张照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Next photo, or down in it</source>
            <translation>下一张照片，或向下移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Next photo, or right in it</source>
            <translation>下一张照片，或向右移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>No more photos match. 1 is less likely.</source>
            <translation>没有更多匹配的照片。另有 1 张可能性较低。</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>No more photos match. {n} are less likely.</source>
            <translation>没有更多匹配的照片。另有 {n} 张可能性较低。</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Pause the slide show</source>
            <translation>暂停幻灯片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Play or hold an animation</source>
            <translation>播放或暂停动画</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Previous photo</source>
            <translation>上一张照片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Previous photo, or left in it</source>
            <translation>上一张照片，或向左移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Previous photo, or up in it</source>
            <translation>上一张照片，或向上移动</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>Reading the photo…</source>
            <translation>正在读取照片…</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Slide show</source>
            <translation>幻灯片</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Slide show: longer for each photo</source>
            <translation>幻灯片：延长每张照片的显示时间</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Slide show: shorter for each photo</source>
            <translation>幻灯片：缩短每张照片的显示时间</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>The file is no longer there. If it was moved, Souvenir finds it by itself.</source>
            <translation>文件已不存在。如果只是移动了位置，Souvenir 会自动找到它。</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>This is the small preview that Souvenir keeps.</source>
            <translation>这是 Souvenir 保存的小预览图。</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>This photo is offline: plug its disk in to see it in full.</source>
            <translation>此照片已离线，请连接所在磁盘以查看完整照片。</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>Try another program, or put a copy from a backup in its place.</source>
            <translation>请尝试其他程序，或用备份中的副本替换它。</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Viewer</source>
            <translation>查看器</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <location filename="../../app/viewer/commands.py"></location>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
        <message>
            <location filename="../../app/viewer/words.py"></location>
            <source>{key} goes on.</source>
            <translation>按 {key} 继续。</translation>
        </message>
    </context>
    <context>
        <name>window_commands</name>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Go to name…</source>
            <translation>转到名称…</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Inspector</source>
            <translation>信息面板</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Larger photos</source>
            <translation>放大照片</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Program</source>
            <translation>程序</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Select all, the less likely too</source>
            <translation>全选，包括可能性较低的照片</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Settings…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>Smaller photos</source>
            <translation>缩小照片</translation>
        </message>
        <message>
            <location filename="../../app/window/commands.py"></location>
            <source>View</source>
            <translation>显示</translation>
        </message>
    </context>
    <context>
        <name>wording</name>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>1 file</source>
            <translation>1 个文件</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>1 folder</source>
            <translation>1 个文件夹</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>1 less likely photo</source>
            <translation>1 张可能性较低的照片</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>1 photo</source>
            <translation>1 张照片</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>1 photo matches</source>
            <translation>1 张照片匹配</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>Another disk is in the place of this folder: {other}.</source>
            <translation>此文件夹的位置上是另一磁盘：{other}。</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>Another disk is in the place of this folder: {other}. Its own is {disk}.</source>
            <translation>此文件夹的位置上是另一磁盘：{other}。其原来的磁盘是 {disk}。</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>More than {n} photos match</source>
            <translation>超过 {n} 张照片匹配</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>Offline</source>
            <translation>离线</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>This folder is offline: plug its disk in, or mount it again.</source>
            <translation>此文件夹已离线：请连接其磁盘，或重新挂载。</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>This folder is offline: plug the disk {disk} in, or mount it again.</source>
            <translation>此文件夹已离线：请连接磁盘 {disk}，或重新挂载。</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{files}, {folders}</source>
            <translation>{files}，{folders}</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{h} h {m} min left</source>
            <translation>剩余 {h} 小时 {m} 分钟</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} files</source>
            <translation>{n} 个文件</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} folders</source>
            <translation>{n} 个文件夹</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} less likely photos</source>
            <translation>{n} 张可能性较低的照片</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} min left</source>
            <translation>剩余 {n} 分钟</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} photos</source>
            <translation>{n} 张照片</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} photos match</source>
            <translation>{n} 张照片匹配</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} photos/s</source>
            <translation>{n} 张/秒</translation>
        </message>
        <message>
            <location filename="../../app/wording.py"></location>
            <source>{n} s left</source>
            <translation>剩余 {n} 秒</translation>
        </message>
    </context>
</TS>
